package io.smilodon.engine.isolation;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.Isolation;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Histories of the store under test, each made from one seed. {@link #main} runs many: {@code
 * IsolationCampaign <histories> <seed> [transactions] [threads]}.
 */
public final class IsolationCampaign {

    private static final List<Supplier<Workload>> WORKLOADS =
            List.of(
                    ListAppendWorkload::new,
                    LongForkWorkload::new,
                    NumberWorkloads.Bank::new,
                    NumberWorkloads.Doctors::new,
                    NumberWorkloads.Sums::new,
                    NumberWorkloads.Counters::new);

    private final int transactions;
    private final int threads;

    /**
     * @param transactions of one history, over all threads
     */
    IsolationCampaign(int transactions, int threads) {
        this.transactions = transactions;
        this.threads = threads;
    }

    static int workloads() {
        return WORKLOADS.size();
    }

    /** Small tables and files, so that flushes, merges and new logs fall into the history. */
    private static StorageOptions options(Random random) {
        SyncMode[] modes = SyncMode.values();
        return StorageOptions.DEFAULTS
                .withSyncMode(modes[random.nextInt(modes.length)])
                .withSyncIntervalMillis(10)
                .withMemtableBytesMax(2_000 + random.nextInt(60_000))
                .withLogFileBytesMax(2_000 + random.nextInt(60_000));
    }

    /** What is wrong at the level promised, of a history without a crash. */
    List<Finding> run(int workload, Isolation isolation, long seed) throws InterruptedException {
        Random random = new Random(seed);
        Runs runs = new Runs(WORKLOADS.get(workload).get());
        try (EmbeddedStore store = EmbeddedStore.open(new MemoryDirectory(), options(random))) {
            Engine engine = new StoreEngine(store, isolation);
            runs.first(engine);
            runs.threads(engine, threads, transactions, seed);
            return forbidden(runs.last(engine), isolation);
        }
    }

    /** The same, where the machine stops twice; every synced commit must outlive that. */
    List<Finding> runOverCrashes(int workload, Isolation isolation, long seed)
            throws InterruptedException {
        Random random = new Random(seed);
        StorageOptions options = options(random).withSyncMode(SyncMode.SYNC);
        Runs runs = new Runs(WORKLOADS.get(workload).get());
        RegisterRun registers = new RegisterRun();
        FaultyDirectory directory = new FaultyDirectory();
        try (EmbeddedStore store = EmbeddedStore.open(directory, options)) {
            runs.first(new StoreEngine(store, isolation));
        }
        for (int crash = 0; crash < 2; crash++) {
            CrashPolicy[] policies = CrashPolicy.values();
            CrashPolicy policy = policies[random.nextInt(policies.length)];
            directory = directory.afterCrash(policy, seed, 100 + random.nextInt(transactions * 4));
            long sessionSeed = seed + crash;
            runUntilStopped(
                    directory,
                    options,
                    store -> {
                        Engine engine = new StoreEngine(store, isolation);
                        runs.threads(engine, threads, transactions, sessionSeed);
                        registers.run(store, threads, transactions / threads, sessionSeed);
                    });
            directory = directory.afterCrash(policy, seed);
        }
        try (EmbeddedStore store = EmbeddedStore.open(directory, options)) {
            registers.run(store, 1, 20, seed);
            List<Finding> findings = new ArrayList<>(registers.check());
            findings.addAll(runs.last(new StoreEngine(store, isolation)));
            return forbidden(findings, isolation);
        }
    }

    /** Runs until the machine stops, which may be while the store opens. */
    private void runUntilStopped(
            FaultyDirectory directory, StorageOptions options, SessionRun sessions)
            throws InterruptedException {
        try (EmbeddedStore store = EmbeddedStore.open(directory, options)) {
            sessions.run(store);
        } catch (SmilodonException stopped) {
            return;
        }
    }

    @FunctionalInterface
    private interface SessionRun {
        void run(EmbeddedStore store) throws InterruptedException;
    }

    private static List<Finding> forbidden(List<Finding> findings, Isolation isolation) {
        Level promised = isolation == Isolation.SERIALIZABLE ? Level.SERIALIZABLE : Level.SNAPSHOT;
        return findings.stream()
                .filter(finding -> finding.anomaly().isForbiddenAt(promised))
                .toList();
    }

    /** Registers without a crash: every operation on one key is linearizable. */
    List<Finding> runRegisters(long seed) throws InterruptedException {
        RegisterRun registers = new RegisterRun();
        try (EmbeddedStore store =
                EmbeddedStore.open(new MemoryDirectory(), options(new Random(seed)))) {
            registers.run(store, threads, transactions / threads, seed);
        }
        return registers.check();
    }

    /**
     * Runs histories: in turn every workload at both levels, registers, and over crashes. Ends with
     * status 1 at the first that shows what its level forbids, and says how to repeat it.
     */
    public static void main(String[] arguments) throws InterruptedException {
        int histories = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        int transactions = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2_000;
        int threads = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 8;
        IsolationCampaign campaign = new IsolationCampaign(transactions, threads);
        for (int history = 0; history < histories; history++) {
            List<Finding> findings = campaign.history(history, seed + history);
            if (!findings.isEmpty()) {
                System.out.println("history " + history + " of seed " + seed + ": " + findings);
                System.exit(1);
            }
        }
        System.out.println(histories + " histories of seed " + seed + ": nothing forbidden");
    }

    /** What is wrong with a history over kills of the Java machine, in an empty directory. */
    static List<Finding> runOverKills(Path path, int kills, Isolation isolation, long seed)
            throws IOException, InterruptedException {
        return forbidden(new KilledSessions(path, seed).run(kills, isolation), isolation);
    }

    /** One of the kinds of histories, in turn. */
    List<Finding> history(int number, long seed) throws InterruptedException {
        int kinds = 2 * WORKLOADS.size() + 1;
        int kind = number % kinds;
        Isolation isolation = Isolation.values()[kind % 2];
        if (kind == kinds - 1) {
            return runRegisters(seed);
        }
        boolean isOverCrashes = number / kinds % 2 == 1;
        return isOverCrashes
                ? runOverCrashes(kind / 2, isolation, seed)
                : run(kind / 2, isolation, seed);
    }
}
