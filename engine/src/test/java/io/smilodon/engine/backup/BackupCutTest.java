package io.smilodon.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.smilodon.engine.Progress;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.store.WriteBatch;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Which commit a backup ends with. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BackupCutTest {

    private static final byte[] KEY = {7};

    private static WriteBatch put(int value) {
        return new WriteBatch().put(KEY, new byte[] {(byte) value});
    }

    private static int value(EmbeddedStore store) {
        try (Snapshot snapshot = store.snapshot()) {
            return snapshot.get(KEY).orElseThrow().value()[0];
        }
    }

    /** Marks stand behind the last commit; a flush then goes further than any commit. */
    @Test
    void a_backup_right_after_a_checkpoint_ends() {
        MemoryDirectory directory = new MemoryDirectory();
        StorageOptions aligned =
                StorageOptions.DEFAULTS.withLog(
                        StorageOptions.DEFAULTS
                                .log()
                                .withSyncMode(SyncMode.SYNC)
                                .withAlignment(true));
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> {
                    try (EmbeddedStore store = EmbeddedStore.open(directory, aligned)) {
                        for (int round = 0; round < 5; round++) {
                            store.write(put(round));
                            store.checkpoint();
                            MemoryDirectory backup = new MemoryDirectory();
                            store.backup(backup, Progress.SILENT);
                            MemoryDirectory target = new MemoryDirectory();
                            Restore.verified(backup, Progress.SILENT).to(target);
                            try (EmbeddedStore restored = EmbeddedStore.open(target, aligned)) {
                                assertEquals(round, value(restored));
                            }
                        }
                    }
                });
    }
}
