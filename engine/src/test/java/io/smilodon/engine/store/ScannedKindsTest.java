package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.file.MemoryDirectory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What it brings to say that keys are only scanned, and that nothing else comes of it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScannedKindsTest {

    private static final byte[] KIND = {3, 0, 0, 0, 7};
    private static final int KEYS = 40_000;

    private static byte[] key(int number) {
        return ByteBuffer.allocate(9).put(KIND).putInt(number).array();
    }

    private static void put(KeyValueStore store, int from, int step) {
        WriteBatch batch = new WriteBatch();
        for (int number = from; number < KEYS; number += step) {
            batch.put(key(number), new byte[] {(byte) number});
        }
        store.write(batch);
        store.checkpoint();
    }

    private static void assertWhole(KeyValueStore store) {
        try (Snapshot snapshot = store.snapshot()) {
            for (int number = 0; number < KEYS; number++) {
                byte[] value = snapshot.get(key(number)).orElseThrow().value();
                assertEquals((byte) number, value[0]);
            }
            assertTrue(snapshot.get(key(KEYS)).isEmpty());
        }
    }

    /** The bytes of segments on disk: entries written before it was said, after, and merged. */
    private static long[] bytes(boolean isScanned) {
        MemoryDirectory directory = new MemoryDirectory();
        StorageOptions options =
                StorageOptions.DEFAULTS.withCompaction(
                        CompactionSettings.DEFAULTS.withSegmentBytesMax(100_000));
        long[] bytes = new long[3];
        try (KeyValueStore store = EmbeddedStore.open(directory, options)) {
            put(store, 0, 2);
            bytes[0] = store.statistics().segmentBytes();
            store.readByScans(KIND, isScanned);
            put(store, 1, 2);
            bytes[1] = store.statistics().segmentBytes() - bytes[0];
            assertWhole(store);
            store.compact(Progress.SILENT);
            bytes[2] = store.statistics().segmentBytes();
            assertWhole(store);
        }
        try (KeyValueStore store = EmbeddedStore.open(directory, options)) {
            assertWhole(store);
        }
        return bytes;
    }

    @Test
    void filters_hold_few_keys_that_are_only_scanned_and_all_are_found() {
        long[] all = bytes(false);
        long[] few = bytes(true);
        assertEquals(all[0], few[0]);
        assertEquals(all[1] - 2 * KEYS / 2 * 15 / 16, few[1], 500, "16 bits a key");
        assertEquals(all[2] - 10 * KEYS / 8 * 15 / 16, few[2], 2_000, "10 bits a key");
    }

    @Test
    void a_kind_is_told_by_five_bytes() {
        try (KeyValueStore store =
                EmbeddedStore.open(new MemoryDirectory(), StorageOptions.DEFAULTS)) {
            assertThrows(
                    IllegalArgumentException.class, () -> store.readByScans(new byte[4], true));
        }
    }
}
