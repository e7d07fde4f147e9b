package io.smilodon.engine.torture;

import io.smilodon.engine.Progress;
import io.smilodon.engine.backup.Restore;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.file.StagedDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.StorageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The backups of a process that is killed. One that has its name is whole: it has everything that
 * was acknowledged before it began. One that has not is refused, or whole. Not thread-safe.
 */
final class KilledBackups {

    private static final String FLOOR = ".floor";

    private final Path home;
    private final Path backups;
    private final Ledger ledger;

    KilledBackups(Path home, Ledger ledger) {
        this.home = home;
        this.backups = home.resolve("backups");
        this.ledger = ledger;
    }

    /** Makes one more, and half of the time a store of it. */
    void make(EmbeddedStore store, Random random) throws IOException {
        Files.createDirectories(backups);
        String name = Long.toHexString(random.nextLong());
        Path target = backups.resolve(name);
        ledger.copy(backups.resolve(name + FLOOR));
        try (StagedDirectory staged = StagedDirectory.begin(target)) {
            store.backup(staged.directory(), Progress.SILENT);
            staged.publish();
        }
        if (random.nextBoolean()) {
            try (StagedDirectory staged = StagedDirectory.begin(home.resolve("restored" + name))) {
                restore(target, staged.directory());
                staged.publish();
            }
        }
    }

    private static void restore(Path backup, FileDirectory target) throws IOException {
        try (FileDirectory source = FileDirectory.openExisting(backup)) {
            Restore.verified(source, Progress.SILENT).to(target);
        }
    }

    /** Restores and deletes all of them. */
    void verify(Round round) throws IOException {
        if (!Files.exists(backups)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> found = Files.list(backups)) {
            all = found.filter(Files::isDirectory).sorted().toList();
        }
        for (Path backup : all) {
            String name = backup.getFileName().toString();
            boolean isCut = name.endsWith(StagedDirectory.SUFFIX);
            try {
                verify(backup, name.replace(StagedDirectory.SUFFIX, ""));
                round.count("backups restored", 1);
            } catch (SmilodonException refused) {
                if (!isCut) {
                    throw refused;
                }
                round.count("cut backups refused", 1);
            }
        }
        Trash.delete(backups);
    }

    private void verify(Path backup, String name) throws IOException {
        Path target = Trash.folder("torture-restored");
        try (Ledger floor = Ledger.open(backups.resolve(name + FLOOR))) {
            restore(backup, FileDirectory.open(target));
            try (EmbeddedStore store =
                    EmbeddedStore.open(FileDirectory.open(target), StorageOptions.DEFAULTS)) {
                new LedgerStore(store, ledger).requireSince(floor);
            }
        }
        Trash.delete(target);
    }
}
