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

/**
 * A1: a process that commits, makes backups and compacts is killed at a random instant, again and
 * again on the same store. Each next one must find all that was acknowledged, whole.
 */
final class KillSuite implements Suite {

    private static final Facts FACTS = new Facts("A1", "kill -9", "kills", 2_000, 60);

    private static final int KILLS = 12;

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
                RandomKill.kill(ChildProgram.KILLED, home, ledger, random);
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
