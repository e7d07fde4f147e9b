package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Direction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The memory of blocks is used again once their segment is gone, but not while somebody reads in
 * it. Tests run with assertions, so what is given back is written over at once.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BlockMemoryTest {

    private static final int KEYS = 3_000;
    private static final int VALUE_BYTES = 1_000;
    private static final int WRITES = 30_000;
    private static final int READERS = 3;

    /** Some thirty flushes, most of whose blocks fill slabs, and a merge for every few of them. */
    private static final StorageOptions SMALL =
            StorageOptions.DEFAULTS
                    .withMemory(new MemorySettings(1 << 20, 16 << 20))
                    .withCompaction(
                            CompactionSettings.DEFAULTS
                                    .withLevelZeroCountMax(2)
                                    .withSegmentBytesMax(1 << 20)
                                    .withLevels(2 << 20, 10))
                    .withRetention(
                            RetentionSettings.DEFAULTS
                                    .withHistoryMillis(0)
                                    .withSnapshotMillisMax(20));

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final AtomicLong tooOld = new AtomicLong();
    private final AtomicLong read = new AtomicLong();

    private static byte[] key(int number) {
        return ByteBuffer.allocate(5).put((byte) 1).putInt(number).array();
    }

    private static byte[] value(int key, long version) {
        byte[] value = new byte[VALUE_BYTES];
        Arrays.fill(value, (byte) (31 * key + version));
        ByteBuffer.wrap(value).putInt(key).putLong(version);
        return value;
    }

    private void requireRight(byte[] key, byte[] value) {
        int number = ByteBuffer.wrap(key, 1, Integer.BYTES).getInt();
        long version = ByteBuffer.wrap(value).getLong(Integer.BYTES);
        assertTrue(Arrays.equals(value(number, version), value), "of key " + number);
        read.incrementAndGet();
    }

    private static void write(KeyValueStore store, long version, Random random) {
        WriteBatch batch = new WriteBatch();
        for (int write = 0; write < 10; write++) {
            int key = random.nextInt(KEYS);
            batch.put(key(key), value(key, version));
        }
        store.write(batch);
    }

    /** Reads by keys and in order, in snapshots of which many are given up meanwhile. */
    private Void readOn(KeyValueStore store, Random random) {
        while (!isOver.get()) {
            try (Snapshot snapshot = store.snapshot()) {
                for (int round = 0; round < 20 && !isOver.get(); round++) {
                    byte[] key = key(random.nextInt(KEYS));
                    snapshot.get(key).ifPresent(found -> requireRight(key, found.value()));
                    scan(snapshot, random.nextInt(KEYS));
                }
            } catch (SmilodonException expired) {
                assertEquals(ErrorCode.SNAPSHOT_TOO_OLD, expired.code(), expired.getMessage());
                tooOld.incrementAndGet();
            }
        }
        return null;
    }

    private void scan(Snapshot snapshot, int from) {
        KeyRange range = new KeyRange(key(from), key(from + 200));
        Direction direction = from % 2 == 0 ? Direction.FORWARD : Direction.BACKWARD;
        try (KeyCursor cursor = snapshot.cursor(range, direction)) {
            while (cursor.advance()) {
                requireRight(cursor.key(), cursor.value());
            }
        }
    }

    @Test
    void who_reads_while_segments_go_reads_what_was_written()
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        long seed = Seeds.next();
        try (ExecutorService pool = Executors.newFixedThreadPool(READERS);
                KeyValueStore store = EmbeddedStore.open(new MemoryDirectory(), SMALL)) {
            List<Future<Void>> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                Random random = new Random(seed + reader);
                readers.add(pool.submit(() -> readOn(store, random)));
            }
            Random random = new Random(seed);
            try {
                for (int written = 0; written < WRITES; written += 10) {
                    write(store, written, random);
                }
            } finally {
                isOver.set(true);
            }
            for (Future<Void> reader : readers) {
                reader.get(60, TimeUnit.SECONDS);
            }
        }
        assertTrue(read.get() > 0, "nothing was read, seed " + seed);
    }
}
