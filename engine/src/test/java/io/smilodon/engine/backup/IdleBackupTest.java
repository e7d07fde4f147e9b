package io.smilodon.engine.backup;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.log.FrameMap;
import io.smilodon.engine.log.LogFile;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.SeededStores;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.WriteBatch;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IdleBackupTest {

    private static final byte[] KEY = {'a'};

    /** A mark has a number, too, which no commit has: the checkpoint is then beyond them all. */
    @Test
    void a_store_whose_idle_log_was_marked_and_flushed_can_be_backed_up() throws IOException {
        FaultyDirectory directory = new FaultyDirectory();
        FaultyDirectory backup = new FaultyDirectory();
        MemoryDirectory target = new MemoryDirectory();
        SeededStores.Tuning marksAtOnce = new SeededStores.Tuning(1, 0, 300);
        try (EmbeddedStore store =
                SeededStores.open(directory, StorageOptions.DEFAULTS, marksAtOnce)) {
            long sequence = store.write(new WriteBatch().put(KEY, KEY));
            Await.until("the log is marked", () -> lastLsn(directory) != sequence);
            store.checkpoint();
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> store.backup(backup, Progress.SILENT));
        }
        Restore.verified(backup, Progress.SILENT).to(target);
        try (EmbeddedStore restored = EmbeddedStore.open(target, StorageOptions.DEFAULTS);
                Snapshot snapshot = restored.snapshot()) {
            assertTrue(snapshot.get(KEY).isPresent());
        }
    }

    /** Of the one log that the manifest knows. */
    private static long lastLsn(FaultyDirectory directory) throws IOException {
        LogFile log =
                Manifest.read(directory).orElseThrow().state().logs().values().iterator().next();
        List<FrameMap.Place> frames = FrameMap.of(directory.bytes(log.name()), log.firstLsn());
        return log.firstLsn() + frames.size() - 1;
    }
}
