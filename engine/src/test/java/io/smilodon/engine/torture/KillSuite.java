package io.smilodon.engine.torture;

import io.smilodon.engine.Progress;
import io.smilodon.engine.check.CheckReport;
import io.smilodon.engine.check.StoreChecker;
import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.StorageOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * A1: a process that commits, makes backups and compacts is killed at a random instant, again and
 * again on the same store. Each next one must find all that was acknowledged, whole.
 */
final class KillSuite implements Suite {

    private static final Facts FACTS = new Facts("A1", "kill -9", "kills", 2_000, 60);

    private static final int KILLS = 12;
    private static final int COMMITS_MAX = 20_000;
    private static final long KILL_MILLIS_MAX = 250;

    /** Of some: by then the process is no longer slow from its start. */
    private static final long LATE_MILLIS_MAX = 1_500;

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) throws Exception {
        Path home = Trash.folder("torture-kill");
        Random random = round.random();
        try (Ledger ledger = Ledger.open(home.resolve("ledger"))) {
            for (int kill = 0; kill < KILLS && !round.isOver(); kill++) {
                kill(home, ledger, random);
                round.count(1);
            }
            verify(home, ledger);
            new KilledBackups(home, ledger).verify(round);
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(failure + " in " + home, failure);
        }
        long commits = 0;
        try (Ledger ledger = Ledger.open(home.resolve("ledger"))) {
            for (int slot = 0; slot < Ledger.SLOTS; slot++) {
                commits += ledger.acknowledged(slot);
            }
        }
        round.count("commits", commits);
        Trash.delete(home);
    }

    private static void kill(Path home, Ledger ledger, Random random)
            throws IOException, InterruptedException {
        ledger.setPhase(0);
        boolean isEarly = random.nextInt(5) == 0;
        long longest = random.nextInt(20) == 0 ? LATE_MILLIS_MAX : KILL_MILLIS_MAX;
        long delay = random.nextLong(longest * 1_000_000);
        Process process = ChildProgram.start(home, random.nextLong(), COMMITS_MAX, "");
        while (!isEarly && process.isAlive() && ledger.phase() == 0) {
            LockSupport.parkNanos(200_000);
        }
        long end = System.nanoTime() + delay;
        while (System.nanoTime() < end && process.isAlive()) {
            LockSupport.parkNanos(Math.min(200_000, Math.max(1, end - System.nanoTime())));
        }
        boolean isAlive = process.isAlive();
        process.destroyForcibly();
        ChildProgram.status(process);
        if (!isAlive) {
            throw new AssertionError("it ended by itself: " + ChildProgram.output(home));
        }
    }

    static void verify(Path home, Ledger ledger) throws IOException {
        Path directory = home.resolve("store");
        try (EmbeddedStore store =
                EmbeddedStore.open(FileDirectory.open(directory), StorageOptions.DEFAULTS)) {
            new LedgerStore(store, ledger).check();
        }
        CheckReport report = StoreChecker.check(FileDirectory.open(directory), Progress.SILENT);
        if (report.damages() > 0) {
            throw new AssertionError("check: " + report);
        }
    }
}
