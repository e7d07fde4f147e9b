package io.smilodon.bench.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.smilodon.bench.corpus.People;
import io.smilodon.bench.corpus.Person;
import io.smilodon.bench.corpus.SplitMix;
import io.smilodon.bench.peer.Peer;
import io.smilodon.bench.peer.PeerSettings;
import io.smilodon.bench.peer.PeerTable;
import io.smilodon.bench.peer.PersonJson;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A fresh process that opens a database and reads one document, as fast as it can, and says so and
 * how long opening and reading took. A further argument may make it go on: {@code log} replaces
 * documents until 64 MB of log are written and waits to be killed; {@code memory} reads for some
 * seconds and weighs itself.
 */
public final class Opener {

    private static final long LOG_BYTES = 64 << 20;
    private static final long SEED = 20_260;
    private static final long READING_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final int ID = 4_711;

    private Opener() {}

    /** Arguments: peer, directory, documents, megabytes of cache, what to do. */
    public static void main(String[] arguments) throws Exception {
        long start = System.nanoTime();
        PrintStream answers = System.out;
        System.setOut(System.err);
        PeerSettings settings =
                new PeerSettings(
                        Path.of(arguments[1]), false, Integer.parseInt(arguments[3]), true);
        try (Peer peer = PeerTable.opener(arguments[0]).open(settings)) {
            long opened = System.nanoTime();
            long score = peer.score(ID);
            long read = System.nanoTime();
            answers.println(
                    "{\"score\":"
                            + score
                            + ",\"openMillis\":"
                            + TimeUnit.NANOSECONDS.toMillis(opened - start)
                            + ",\"readMillis\":"
                            + TimeUnit.NANOSECONDS.toMillis(read - opened)
                            + "}");
            answers.flush();
            String task = arguments[4];
            if (task.equals("log")) {
                writeLog(peer, Integer.parseInt(arguments[2]));
                answers.println(
                        new ObjectMapper().writeValueAsString(Map.of("servers", peer.servers())));
                answers.flush();
                while (System.in.read() >= 0) {
                    continue;
                }
            } else if (task.equals("memory")) {
                read(peer, Integer.parseInt(arguments[2]));
                answers.println(new ObjectMapper().writeValueAsString(weight(peer)));
                answers.flush();
            }
        }
    }

    private static void writeLog(Peer peer, int documents) throws Exception {
        People people = new People(SEED);
        long bytes = 0;
        for (int replaced = 0; bytes < LOG_BYTES; replaced++) {
            Person person = people.at(replaced % documents);
            peer.replace(person);
            bytes += PersonJson.smile(person).length;
        }
    }

    private static void read(Peer peer, int documents) throws Exception {
        SplitMix random = new SplitMix(SEED);
        long end = System.nanoTime() + READING_NANOS;
        while (System.nanoTime() < end) {
            peer.score(random.nextInt(documents));
        }
    }

    private static Map<String, Object> weight(Peer peer) throws IOException {
        System.gc();
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        List<Long> processes = new ArrayList<>(peer.servers());
        processes.add(ProcessHandle.current().pid());
        long shared = 0;
        for (long process : processes) {
            shared += proportionalBytes(process);
        }
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Map.of(
                "heapBytes", heap, "pssBytes", shared, "cpuNanos", system.getProcessCpuTime());
    }

    /** Resident memory, with what is shared divided among those who share it (proc(5)). */
    private static long proportionalBytes(long process) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process + "/smaps_rollup"))) {
            if (line.startsWith("Pss:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
            }
        }
        throw new IOException("no Pss of process " + process);
    }
}
