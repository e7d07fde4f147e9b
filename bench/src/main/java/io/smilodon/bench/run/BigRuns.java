package io.smilodon.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.smilodon.bench.peer.PeerTable;
import io.smilodon.bench.work.Directories;
import io.smilodon.bench.work.SessionSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Runs of our own store with far more documents than the others: with a heap that is a fraction of
 * them, and killed while they are being loaded.
 */
final class BigRuns {

    private static final double GIGABYTE = 1 << 30;

    private final int documents;
    private final String heap;
    private final String cacheMegabytes;
    private final String millis;
    private final Path base;
    private final PrintStream out;

    /**
     * @param documents unless the arguments say otherwise
     */
    BigRuns(int documents, Arguments arguments, PrintStream out) throws IOException {
        this.documents = arguments.number("n", documents);
        this.heap = arguments.text("heap", "512m");
        this.cacheMegabytes = arguments.text("cache", "64");
        this.millis = arguments.text("millis", "10000");
        Path directory = Path.of(arguments.text("dir", System.getProperty("java.io.tmpdir")));
        arguments.requireAllUsed();
        this.base = Files.createTempDirectory(directory, "smilodon-big");
        this.out = out;
    }

    /** Loads, reads, scans, closes and opens. */
    void large() throws Exception {
        try (ChildProcess worker = worker()) {
            show(worker, "run W1 0");
            show(worker, "run W4 " + millis);
            show(worker, "run W14E " + millis);
            show(worker, "run W13 " + millis);
            worker.ask("close");
            open("opened after a clean close");
        } finally {
            Directories.delete(base);
        }
    }

    /** Loads, is killed before it has flushed, and opens twice. */
    void reopen() throws Exception {
        try (ChildProcess worker = worker()) {
            show(worker, "fill");
            worker.kill();
            open("opened after kill -9");
            open("opened after a clean close");
        } finally {
            Directories.delete(base);
        }
    }

    private ChildProcess worker() throws IOException {
        List<String> arguments =
                List.of(
                        PeerTable.OURS,
                        base.toString(),
                        base.toString(),
                        String.valueOf(documents),
                        cacheMegabytes);
        return ChildProcess.start(
                Worker.class, List.of("-Xmx" + heap), arguments, base.resolve("worker.log"));
    }

    private void show(ChildProcess worker, String order) throws IOException {
        JsonNode answer = worker.ask(order);
        if (answer.has("operations")) {
            double operations = answer.get("operations").asDouble();
            out.printf(
                    Locale.ROOT,
                    "%-12s %,12.0f operations, CPU %.2f us, p50 %.2f us, p99 %.2f us each%n",
                    order.replaceAll(" \\d+$", ""),
                    operations,
                    answer.get("cpuNanos").asDouble() / 1e3 / operations,
                    answer.get("p50Nanos").asDouble() / 1e3,
                    answer.get("p99Nanos").asDouble() / 1e3);
        } else {
            out.println(order + " " + answer);
        }
        out.printf(
                Locale.ROOT,
                "             on disk %.2f GB, logs %.2f GB%n",
                Directories.bytes(loaded(), false) / GIGABYTE,
                Directories.bytes(loaded(), true) / GIGABYTE);
    }

    private Path loaded() {
        return new SessionSettings(PeerTable.OURS, base, base, 0, 0).loaded();
    }

    private void open(String what) throws IOException {
        List<String> arguments =
                List.of(
                        PeerTable.OURS,
                        loaded().toString(),
                        String.valueOf(documents),
                        cacheMegabytes,
                        "once");
        long start = System.nanoTime();
        try (ChildProcess opener =
                ChildProcess.start(
                        Opener.class,
                        List.of("-Xmx" + heap),
                        arguments,
                        base.resolve("opener.log"))) {
            JsonNode answer = opener.await();
            double millis = (System.nanoTime() - start) / 1e6;
            out.printf(Locale.ROOT, "%s: first read after %.0f ms %s%n", what, millis, answer);
        }
    }
}
