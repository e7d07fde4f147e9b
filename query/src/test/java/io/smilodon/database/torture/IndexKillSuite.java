package io.smilodon.database.torture;

import io.smilodon.database.Backups;
import io.smilodon.database.DatabaseCheck;
import io.smilodon.database.DatabaseCheckReport;
import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.Progress;
import io.smilodon.engine.file.StagedDirectory;
import io.smilodon.engine.torture.ChildProgram;
import io.smilodon.engine.torture.Ledger;
import io.smilodon.engine.torture.RandomKill;
import io.smilodon.engine.torture.Round;
import io.smilodon.engine.torture.Suite;
import io.smilodon.engine.torture.Trash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A1 with documents: a process that writes documents, builds and drops indexes and makes backups is
 * killed at random instants. Every document that was acknowledged is there, every index says what
 * the documents say, in both directions, searches find them as they are, and so it is in every
 * backup.
 */
public final class IndexKillSuite implements Suite {

    private static final Facts FACTS =
            new Facts("A1i", "kill -9 while indexes are built", "kills", 300, 14);

    private static final ChildProgram KILLED =
            new ChildProgram(IndexedProgram.class, List.of("1", "50"));

    private static final int KILLS = 8;

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) throws Exception {
        Path home = Trash.folder("torture-index-kill");
        Random random = round.random();
        try (Ledger ledger = Ledger.open(home.resolve("ledger"))) {
            for (int kill = 0; kill < KILLS && !round.isOver(); kill++) {
                RandomKill.kill(KILLED, home, ledger, random);
                round.count(1);
            }
            verify(home, ledger);
            verifyBackups(round, home);
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(failure + " in " + home, failure);
        }
        Trash.delete(home);
    }

    private static void verify(Path home, Ledger ledger) {
        Path directory = home.resolve("store");
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            IndexedProgram.check(smilodon, ledger);
        }
        requireGood(directory);
    }

    private static void requireGood(Path directory) {
        DatabaseCheckReport report = DatabaseCheck.run(directory, Progress.SILENT);
        if (report.damages() > 0) {
            throw new AssertionError("check: " + report);
        }
    }

    private static void verifyBackups(Round round, Path home) throws IOException {
        List<Path> backups;
        try (Stream<Path> found = Files.list(home)) {
            backups =
                    found.filter(path -> path.getFileName().toString().startsWith("backup"))
                            .filter(path -> !path.toString().endsWith(StagedDirectory.SUFFIX))
                            .toList();
        }
        for (Path backup : backups) {
            Path target = home.resolve("restored");
            Backups.restore(backup, target, Progress.SILENT);
            requireGood(target);
            try (Smilodon smilodon = Smilodon.open(target, DatabaseOptions.DEFAULTS)) {
                IndexedProgram.requireAgreement(smilodon);
            }
            Trash.delete(target);
            round.count("backups restored", 1);
        }
    }
}
