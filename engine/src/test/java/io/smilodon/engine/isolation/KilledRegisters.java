package io.smilodon.engine.isolation;

import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.isolation.LinearizabilityChecker.Kind;
import io.smilodon.engine.isolation.LinearizabilityChecker.RegisterOperation;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.torture.ChildProgram;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Registers in a Java machine that tells every operation and is killed in the middle; the history
 * goes on in the next one, by one clock ({@code System.nanoTime}).
 */
final class KilledRegisters {

    private static final ChildProgram KILLED =
            new ChildProgram(KilledRegisters.class, List.of("1", "0", "30"));

    private static final int THREADS = 4;

    /** Of each thread: the time that the checker needs grows with the square. */
    private static final int OPERATIONS_MAX = 400;

    private static final int MILLIS_MAX = 250;
    private static final String END = ".";

    private final Path home;
    private final long seed;
    private final Map<Integer, List<RegisterOperation>> reads = new TreeMap<>();
    private final Map<Integer, Told> writes = new TreeMap<>();

    private record Told(int key, RegisterOperation operation) {}

    KilledRegisters(Path home, long seed) {
        this.home = home;
        this.seed = seed;
    }

    /** What is wrong with a history over so many kills. */
    List<Finding> run(int kills) throws IOException, InterruptedException {
        Random random = new Random(seed);
        for (int kill = 0; kill < kills; kill++) {
            int used = writes.keySet().stream().mapToInt(each -> each).max().orElse(0);
            KILLED.linesUntilKill(
                            home,
                            List.of(
                                    Long.toString(seed + kill),
                                    Integer.toString(used),
                                    Integer.toString(OPERATIONS_MAX)),
                            20 + random.nextInt(MILLIS_MAX))
                    .forEach(this::take);
        }
        KILLED.linesUntilKill(
                        home, List.of(Long.toString(seed), "" + Integer.MAX_VALUE / 2, "30"), 2_000)
                .forEach(this::take);
        Map<Integer, List<RegisterOperation>> all = new HashMap<>();
        reads.forEach((key, history) -> all.put(key, new ArrayList<>(history)));
        writes.values()
                .forEach(
                        told ->
                                all.computeIfAbsent(told.key(), key -> new ArrayList<>())
                                        .add(told.operation()));
        return RegisterRun.check(all);
    }

    /** A line that the kill has cut says nothing. */
    private void take(String line) {
        String[] parts = line.split(" ");
        if (parts.length != 7 || !parts[6].equals(END)) {
            return;
        }
        int key = Integer.parseInt(parts[0]);
        int written = Integer.parseInt(parts[3]);
        if (key < 0) {
            writes.remove(written);
            return;
        }
        RegisterOperation operation =
                new RegisterOperation(
                        Kind.valueOf(parts[1]),
                        Integer.parseInt(parts[2]),
                        written,
                        Long.parseLong(parts[4]),
                        Long.parseLong(parts[5]));
        if (operation.kind() == Kind.READ) {
            reads.computeIfAbsent(key, ignored -> new ArrayList<>()).add(operation);
        } else {
            writes.put(written, new Told(key, operation));
        }
    }

    private record Teller(PrintStream out) implements RegisterRun.Listener {

        @Override
        public void begins(int key, RegisterOperation operation) {
            ended(key, operation);
        }

        @Override
        public void refused(int written) {
            ended(-1, new RegisterOperation(Kind.WRITE, 0, written, 0, 0));
        }

        @Override
        public void ended(int key, RegisterOperation one) {
            String what = key + " " + one.kind() + " " + one.expected() + " " + one.written();
            out.println(what + " " + one.start() + " " + one.end() + " " + END);
        }
    }

    /** The machine that is killed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        long seed = Long.parseLong(arguments[1]);
        Random random = new Random(seed);
        StorageOptions options =
                StorageOptions.DEFAULTS
                        .withSyncMode(SyncMode.values()[random.nextInt(SyncMode.values().length)])
                        .withMemtableBytesMax(2_000 + random.nextInt(40_000))
                        .withLogFileBytesMax(2_000 + random.nextInt(40_000));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        RegisterRun run =
                new RegisterRun(System::nanoTime, Integer.parseInt(arguments[2]), new Teller(out));
        Path directory = Path.of(arguments[0]).resolve("store");
        try (EmbeddedStore store = EmbeddedStore.open(FileDirectory.open(directory), options)) {
            run.run(store, THREADS, Integer.parseInt(arguments[3]), seed);
        }
    }
}
