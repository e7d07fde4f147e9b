package io.smilodon.engine.torture;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A12: nobody opens a directory twice: not by another name, not in this process, not in another;
 * and a holder that was killed keeps nobody out.
 */
final class LockSuite implements Suite {

    private static final Facts FACTS = new Facts("A12", "Two holders", "attempts", 500, 3);

    /** How {@link KilledProgram} ends when an exception ends it. */
    private static final int EXCEPTION_STATUS = 1;

    @Override
    public Facts facts() {
        return FACTS;
    }

    @Override
    public void run(Round round) throws Exception {
        Path home = Trash.folder("torture-lock");
        Path directory = Files.createDirectory(home.resolve("store"));
        Path link = Files.createSymbolicLink(home.resolve("link"), directory);
        Process killed = ChildProgram.start(home, round.seed(), 20_000, "");
        try (Ledger ledger = Ledger.open(home.resolve("ledger"))) {
            Await.until("it is at work", () -> !killed.isAlive() || ledger.phase() != 0);
            requireRefused(round, directory);
            requireRefused(round, link);
            killed.destroyForcibly();
            ChildProgram.status(killed);
            hold(round, home, link);
            KillSuite.verify(home, ledger);
        }
        Trash.delete(home);
    }

    private static void hold(Round round, Path home, Path link)
            throws IOException, InterruptedException {
        Path directory = home.resolve("store");
        try (EmbeddedStore store = open(directory)) {
            for (int attempt = 0; attempt < 10; attempt++) {
                requireRefused(round, attempt % 2 == 0 ? directory : link);
            }
            int status = ChildProgram.status(ChildProgram.start(home, round.seed(), 1, ""));
            if (status != EXCEPTION_STATUS) {
                throw new AssertionError("another process could open it: status " + status);
            }
            round.count(1);
            store.checkpoint();
        }
    }

    private static EmbeddedStore open(Path directory) throws IOException {
        return EmbeddedStore.open(FileDirectory.open(directory), StorageOptions.DEFAULTS);
    }

    private static void requireRefused(Round round, Path directory) throws IOException {
        try (EmbeddedStore store = open(directory)) {
            throw new AssertionError("opened twice, " + store.statistics());
        } catch (SmilodonException refused) {
            if (!refused.code().equals(ErrorCode.ILLEGAL_OPERATION)) {
                throw refused;
            }
        }
        round.count(1);
    }
}
