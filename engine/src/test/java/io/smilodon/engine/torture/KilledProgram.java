package io.smilodon.engine.torture;

import io.smilodon.engine.Progress;
import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that opens a store, compares it with the ledger, and commits until it is killed, or so
 * many times, while it makes checkpoints, backups and compactions. Arguments: folder, seed, commits
 * per thread.
 */
public final class KilledProgram {

    /** How it ends when what it found was wrong. */
    static final int WRONG_STATUS = 3;

    private static final int THREADS = 3;
    private static final long PAUSE_NANOS = 3_000_000;

    private final Path home;
    private final Ledger ledger;
    private final KilledFollower follower;

    private enum Work {
        CHECKPOINT,
        BACKUP,
        COMPACT
    }

    private KilledProgram(Path home, Ledger ledger, KilledFollower follower) {
        this.home = home;
        this.ledger = ledger;
        this.follower = follower;
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        int commits = Integer.parseInt(arguments[2]);
        try (Ledger ledger = Ledger.open(home.resolve("ledger"));
                KilledFollower follower = KilledFollower.open(home.resolve("follower"))) {
            KilledProgram program = new KilledProgram(home, ledger, follower);
            program.session(seed, commits);
            program.session(seed + 1, commits);
        } catch (AssertionError wrong) {
            stop(wrong);
        }
    }

    private static void stop(AssertionError wrong) {
        System.err.println(wrong);
        Runtime.getRuntime().halt(WRONG_STATUS);
    }

    /** Small files and tables, so that much happens soon. */
    public static StorageOptions options(Random random) {
        return StorageOptions.DEFAULTS
                .withSyncMode(SyncMode.values()[random.nextInt(SyncMode.values().length)])
                .withSyncIntervalMillis(10 + random.nextInt(40))
                .withMemtableBytesMax(4_000L << random.nextInt(6))
                .withLogFileBytesMax(4_000L << random.nextInt(6))
                .withBlockCacheBytesMax(random.nextBoolean() ? 1 : 1 << 20)
                .withSegmentCountMax(1 + random.nextInt(4));
    }

    private void session(long seed, int commits) throws Exception {
        Random random = new Random(seed);
        StorageOptions options = options(random);
        Optional<Thread> following = Optional.empty();
        try (EmbeddedStore store =
                EmbeddedStore.open(FileDirectory.open(home.resolve("store")), options)) {
            LedgerStore load = new LedgerStore(store, ledger);
            load.check();
            follower.catchUp(store, ledger);
            following = Optional.of(Thread.ofPlatform().start(() -> follow(store)));
            ledger.setPhase(1);
            List<Thread> threads = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                threads.add(Thread.ofPlatform().start(() -> commit(load, number, seed, commits)));
            }
            List<Work> first = Arrays.asList(Work.values());
            Collections.shuffle(first, random);
            for (Work work : first) {
                carryOut(work, store, random);
            }
            while (threads.stream().anyMatch(Thread::isAlive)) {
                LockSupport.parkNanos(random.nextLong(PAUSE_NANOS));
                carryOut(Work.values()[random.nextInt(Work.values().length)], store, random);
            }
            store.checkpoint();
            ledger.setPhase(2);
        } finally {
            if (following.isPresent()) {
                following.get().join(); // the closing of the store ends it
            }
        }
    }

    private void follow(EmbeddedStore store) {
        try {
            follower.follow(store);
        } catch (AssertionError wrong) {
            stop(wrong);
        }
    }

    private void carryOut(Work work, EmbeddedStore store, Random random) throws IOException {
        switch (work) {
            case CHECKPOINT -> store.checkpoint();
            case BACKUP -> new KilledBackups(home, ledger).make(store, random);
            case COMPACT -> store.compact(Progress.SILENT);
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
