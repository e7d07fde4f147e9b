package io.smilodon.engine.isolation;

import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.isolation.Operation.Append;
import io.smilodon.engine.isolation.Operation.Read;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.Isolation;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.torture.ChildProgram;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Sessions in a Java machine of their own that tells every transaction line by line and is killed
 * in the middle; the history goes on in the next one. {@code System.nanoTime} is one clock for all.
 */
final class KilledSessions {

    private static final ChildProgram KILLED =
            new ChildProgram(
                    KilledSessions.class, List.of("1", "0", Isolation.SERIALIZABLE.name(), "200"));

    private static final int THREADS = 8;
    private static final int MILLIS_MAX = 400;
    private static final String END = " .";

    private final Path path;
    private final long seed;
    private final Map<String, TransactionRecord> history = new LinkedHashMap<>();
    private int used;

    KilledSessions(Path path, long seed) {
        this.path = path;
        this.seed = seed;
    }

    /** What is wrong with a history over so many kills. */
    List<Finding> run(int kills, Isolation isolation) throws IOException, InterruptedException {
        Random random = new Random(seed);
        for (int kill = 0; kill < kills; kill++) {
            runAndKill(kill, isolation, 50 + random.nextInt(MILLIS_MAX));
        }
        Runs runs = new Runs(new ListAppendWorkload(used));
        try (EmbeddedStore store = open(path, seed)) {
            runs.readAll(new StoreEngine(store, isolation));
        }
        List<TransactionRecord> all = new ArrayList<>(history.values());
        TransactionRecord last = runs.programs().get(0).record();
        long now = System.nanoTime();
        all.add(new TransactionRecord(-1, now, now + 1, last.status(), last.operations()));
        return ListAppendChecker.check(all);
    }

    /** How many transactions were seen to commit. */
    long committed() {
        return history.values().stream().filter(one -> one.status() == Status.COMMITTED).count();
    }

    private void runAndKill(int kill, Isolation isolation, int millis)
            throws IOException, InterruptedException {
        List<String> lines =
                KILLED.linesUntilKill(
                        path,
                        List.of(
                                Long.toString(seed + kill),
                                Integer.toString(used),
                                isolation.name()),
                        millis);
        lines.forEach(line -> take(kill, line));
    }

    /** A line that the kill has cut says nothing. */
    private void take(int kill, String line) {
        if (!line.endsWith(END)) {
            return;
        }
        String[] parts = line.substring(0, line.length() - END.length()).split(" ");
        List<Operation> operations = new ArrayList<>();
        for (String operation : Arrays.asList(parts).subList(5, parts.length)) {
            operations.add(parse(operation));
        }
        history.put(
                kill + "." + parts[0],
                new TransactionRecord(
                        Integer.parseInt(parts[1]),
                        Long.parseLong(parts[2]),
                        Long.parseLong(parts[3]),
                        Status.valueOf(parts[4]),
                        operations));
    }

    private Operation parse(String text) {
        String[] parts = text.split("[+=]", 2);
        if (text.charAt(parts[0].length()) == '+') {
            int element = Integer.parseInt(parts[1]);
            used = Math.max(used, element);
            return new Append(parts[0], element);
        }
        List<Integer> elements =
                parts[1].isEmpty()
                        ? List.of()
                        : Arrays.stream(parts[1].split(",")).map(Integer::valueOf).toList();
        return new Read(parts[0], elements);
    }

    private static EmbeddedStore open(Path path, long seed) throws IOException {
        SyncMode[] modes = SyncMode.values();
        StorageOptions options =
                StorageOptions.DEFAULTS
                        .withSyncMode(modes[(int) Math.floorMod(seed, (long) modes.length)])
                        .withMemtableBytesMax(40_000)
                        .withLogFileBytesMax(60_000);
        return EmbeddedStore.open(FileDirectory.open(path.resolve("store")), options);
    }

    /** Tells each transaction twice: before it begins, and when its outcome is known. */
    private record Teller(PrintStream out) implements Runs.Listener {

        @Override
        public void begins(Program program) {
            TransactionRecord record = program.record();
            List<Operation> writes =
                    program.planned().stream().filter(one -> one instanceof Append).toList();
            tell(
                    program,
                    new TransactionRecord(
                            record.session(),
                            record.start(),
                            Long.MAX_VALUE,
                            Status.UNKNOWN,
                            writes));
        }

        @Override
        public void ended(Program program) {
            tell(program, program.record());
        }

        private void tell(Program program, TransactionRecord record) {
            String texts =
                    record.operations().stream().map(Teller::text).collect(Collectors.joining(" "));
            String name = Integer.toString(System.identityHashCode(program)) + record.start();
            String head = name + " " + record.session() + " " + record.start();
            String outcome = " " + record.end() + " " + record.status();
            out.println(head + outcome + (texts.isEmpty() ? "" : " " + texts) + END);
        }

        private static String text(Operation operation) {
            return switch (operation) {
                case Append append -> append.key() + "+" + append.element();
                case Read read ->
                        read.key()
                                + "="
                                + read.elements().stream()
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(","));
            };
        }
    }

    /** The machine that is killed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        long seed = Long.parseLong(arguments[1]);
        Workload workload = new ListAppendWorkload(Integer.parseInt(arguments[2]));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Runs runs = new Runs(workload, System::nanoTime, new Teller(out));
        EmbeddedStore store = open(Path.of(arguments[0]), seed);
        Engine engine = new StoreEngine(store, Isolation.valueOf(arguments[3]));
        int transactions =
                arguments.length > 4 ? Integer.parseInt(arguments[4]) : Integer.MAX_VALUE;
        runs.threads(engine, THREADS, transactions, seed);
        store.close();
    }
}
