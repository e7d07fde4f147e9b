package io.smilodon.engine.torture;

import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A program that opens a store, compares it with the ledger, and commits until it is killed, or so
 * many times. Arguments: directory, ledger, seed, commits per thread.
 */
public final class KilledProgram {

    /** How it ends when what it found was wrong. */
    static final int WRONG_STATUS = 3;

    private static final int THREADS = 3;

    private KilledProgram() {}

    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[2]);
        int commits = Integer.parseInt(arguments[3]);
        try (Ledger ledger = Ledger.open(Path.of(arguments[1]))) {
            session(directory, ledger, seed, commits);
            session(directory, ledger, seed + 1, commits);
        } catch (AssertionError wrong) {
            System.err.println(wrong);
            Runtime.getRuntime().halt(WRONG_STATUS);
        }
    }

    static StorageOptions options(Random random) {
        return StorageOptions.DEFAULTS
                .withSyncMode(SyncMode.values()[random.nextInt(SyncMode.values().length)])
                .withSyncIntervalMillis(10 + random.nextInt(40))
                .withMemtableBytesMax(4_000L << random.nextInt(6))
                .withLogFileBytesMax(4_000L << random.nextInt(6))
                .withBlockCacheBytesMax(random.nextBoolean() ? 1 : 1 << 20)
                .withSegmentCountMax(1 + random.nextInt(4));
    }

    private static void session(Path directory, Ledger ledger, long seed, int commits)
            throws Exception {
        Random random = new Random(seed);
        try (EmbeddedStore store =
                EmbeddedStore.open(FileDirectory.open(directory), options(random))) {
            LedgerStore load = new LedgerStore(store, ledger);
            load.check();
            ledger.setPhase(1);
            List<Thread> threads = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                threads.add(Thread.ofPlatform().start(() -> commit(load, number, seed, commits)));
            }
            for (int count = 0; count < 3; count++) {
                store.checkpoint();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            store.checkpoint();
            ledger.setPhase(2);
        }
    }

    private static void commit(LedgerStore load, int thread, long seed, int commits) {
        Random random = new Random(seed * THREADS + thread);
        for (int count = 0; count < commits; count++) {
            int slot = random.nextInt(Ledger.SLOTS / THREADS) * THREADS + thread;
            load.commit(slot, random);
        }
    }
}
