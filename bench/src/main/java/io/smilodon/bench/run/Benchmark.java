package io.smilodon.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smilodon.bench.work.Directories;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/**
 * Runs workloads on all peers side by side and writes tables: one process per peer, one at work at
 * a time, rounds interleaved, whoever starts changing from round to round.
 */
public final class Benchmark {

    private static final String USAGE =
            """
            benchmark [--n 100000] [--peers smilodon,sqlite,...] [--workloads W1,W4,...]
                      [--rounds 5] [--millis 1500] [--heap 2g] [--cache 1024]
                      [--dir DIR] [--durable-dir DIR] [--results DIR]
            benchmark fsyncs
            benchmark large
            benchmark reopen
            """;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final BenchmarkOptions options;
    private final Path base;
    private final Path lines;
    private final PrintStream out;
    private final Results results = new Results();

    private Benchmark(BenchmarkOptions options, PrintStream out) throws IOException {
        this.options = options;
        this.out = out;
        this.base =
                Files.createTempDirectory(
                        Files.createDirectories(options.directory()), "smilodon-bench");
        // The server of PostgreSQL runs as another user.
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createDirectories(options.results());
        this.lines = options.results().resolve("rounds-" + options.documents() + ".jsonl");
    }

    /** See {@code bench/README.md} for the options. */
    public static void main(String[] arguments) throws Exception {
        if (Arrays.asList(arguments).contains("--help")) {
            System.out.print(USAGE);
            return;
        }
        String task = arguments.length > 0 && !arguments[0].startsWith("--") ? arguments[0] : "";
        String[] rest =
                task.isEmpty() ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            if (task.isEmpty()) {
                new Benchmark(BenchmarkOptions.parse(rest), System.out).run();
            } else {
                SpecialRuns.run(task, Arguments.parse(rest), System.out);
            }
        } catch (IllegalArgumentException mistake) {
            System.err.print("benchmark: " + mistake.getMessage() + "\n\n" + USAGE);
            System.exit(2);
        }
    }

    private void run() throws Exception {
        String before = load();
        try {
            new Rounds(this).run();
            String conditions =
                    "%s, Java %s, heap %s, cache %d MB each; load average %s before, %s after."
                            .formatted(
                                    Instant.now().toString().substring(0, 10),
                                    Runtime.version().feature(),
                                    options.heap(),
                                    options.cacheMegabytes(),
                                    before,
                                    load());
            String report = Report.markdown(options, results, conditions);
            Files.writeString(
                    options.results().resolve("table-" + options.documents() + ".md"), report);
            out.println(report);
        } finally {
            Directories.delete(base);
        }
    }

    private static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return String.format(Locale.ROOT, "%.1f", load);
    }

    BenchmarkOptions options() {
        return options;
    }

    Results results() {
        return results;
    }

    /** Holds all databases of this run; deleted at its end. */
    Path base() {
        return base;
    }

    /** Takes what a round gave as one line of JSON; those that do not count too. */
    void record(String workload, String peer, int round, ObjectNode figures) throws IOException {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("documents", options.documents()).put("workload", workload).put("peer", peer);
        line.put("round", round).put("load", load());
        line.setAll(figures);
        Files.writeString(
                lines,
                MAPPER.writeValueAsString(line) + '\n',
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        out.println(line);
    }
}
