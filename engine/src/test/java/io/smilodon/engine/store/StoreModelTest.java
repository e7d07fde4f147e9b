package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.entry.KeyTexts;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** Random work on a store and on a map must give the same answers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreModelTest {

    private static final StorageOptions OPTIONS =
            StorageOptions.DEFAULTS
                    .withMemtableBytesMax(6_000)
                    .withLogFileBytesMax(4_000)
                    .withBlockCacheBytesMax(10_000)
                    .withCompaction(
                            CompactionSettings.DEFAULTS
                                    .withLevelZeroCountMax(3)
                                    .withSegmentBytesMax(4_000)
                                    .withLevels(8_000, 3));

    private static final byte[] KIND = {1, 1, 1, 1, 1};

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final MemoryDirectory directory = new MemoryDirectory();
    private NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);

    /** What the store held after some commits; versions are kept for minutes. */
    private final NavigableMap<Long, NavigableMap<byte[], byte[]>> past = new TreeMap<>();

    private record Remembered(Snapshot snapshot, NavigableMap<byte[], byte[]> model) {}

    @RepeatedTest(8)
    void a_store_answers_like_a_sorted_map() {
        KeyValueStore store = EmbeddedStore.open(directory, OPTIONS);
        List<Remembered> snapshots = new ArrayList<>();
        for (int step = 0; step < 400; step++) {
            store.readByScans(KIND, random.nextBoolean());
            switch (random.nextInt(12)) {
                case 0 -> store.checkpoint();
                case 1 -> {
                    store.close();
                    snapshots.forEach(this::compareAndClose);
                    snapshots.clear();
                    store = EmbeddedStore.open(directory, OPTIONS);
                }
                case 2 -> snapshots.add(new Remembered(store.snapshot(), copy()));
                case 3 -> {
                    if (!snapshots.isEmpty()) {
                        compareAndClose(snapshots.remove(random.nextInt(snapshots.size())));
                    }
                }
                case 4 -> compareAsOf(store);
                case 5 -> batch(store);
                default -> transaction(store);
            }
        }
        snapshots.forEach(this::compareAndClose);
        store.close();
    }

    private void compareAsOf(KeyValueStore store) {
        past.put(store.statistics().sequence(), copy());
        List<Long> sequences = new ArrayList<>(past.keySet());
        long sequence = sequences.get(random.nextInt(sequences.size()));
        compareAndClose(new Remembered(store.snapshotAsOf(sequence), past.get(sequence)));
    }

    private NavigableMap<byte[], byte[]> copy() {
        return new TreeMap<>(model);
    }

    private byte[] key() {
        int start = random.nextBoolean() ? KIND.length : 0;
        byte[] key = Arrays.copyOf(KIND, start + 1 + random.nextInt(3));
        for (int index = start; index < key.length; index++) {
            key[index] = (byte) (random.nextInt(4) == 0 ? 0xff : 1 + random.nextInt(5));
        }
        return key;
    }

    private byte[] value() {
        byte[] value = new byte[random.nextInt(random.nextInt(20) == 0 ? 20_000 : 30)];
        random.nextBytes(value);
        return value;
    }

    private void batch(KeyValueStore store) {
        WriteBatch batch = new WriteBatch();
        for (int count = random.nextInt(4); count >= 0; count--) {
            byte[] key = key();
            if (random.nextInt(3) == 0) {
                batch.delete(key);
                model.remove(key);
            } else {
                byte[] value = value();
                batch.put(key, value);
                model.put(key, value);
            }
        }
        store.write(batch);
    }

    private void transaction(KeyValueStore store) {
        NavigableMap<byte[], byte[]> before = copy();
        try (Transaction transaction = store.begin()) {
            for (int count = random.nextInt(6); count >= 0; count--) {
                byte[] key = key();
                if (random.nextInt(3) == 0) {
                    transaction.delete(key);
                    model.remove(key);
                } else {
                    byte[] value = value();
                    transaction.put(key, value);
                    model.put(key, value);
                }
            }
            compare(transaction, model);
            if (random.nextBoolean()) {
                transaction.commit();
            } else {
                model = before;
            }
        }
    }

    private void compareAndClose(Remembered remembered) {
        try (Snapshot snapshot = remembered.snapshot()) {
            compare(snapshot, remembered.model());
        }
    }

    private void compare(ReadView view, NavigableMap<byte[], byte[]> expected) {
        byte[] probe = key();
        assertEquals(
                expected.containsKey(probe), view.get(probe).isPresent(), () -> "seed " + seed);
        compareLookups(view, expected);
        KeyRange range =
                random.nextInt(3) == 0
                        ? KeyRange.all()
                        : new KeyRange(key(), random.nextBoolean() ? key() : new byte[0]);
        List<String> texts = new ArrayList<>();
        expected.forEach(
                (key, value) -> {
                    if (range.contains(key)) {
                        texts.add(text(key, value));
                    }
                });
        assertEquals(texts, scan(view, range, Direction.FORWARD), () -> "seed " + seed);
        Collections.reverse(texts);
        assertEquals(texts, scan(view, range, Direction.BACKWARD), () -> "seed " + seed);
    }

    private void compareLookups(ReadView view, NavigableMap<byte[], byte[]> expected) {
        List<byte[]> probes = new ArrayList<>();
        for (int count = random.nextInt(20); count >= 0; count--) {
            probes.add(key());
        }
        KeyLookups lookups = view.lookups(probes);
        for (int index = 0; index < probes.size(); index++) {
            byte[] probe = probes.get(index);
            byte[] found = lookups.get(index).map(VersionedValue::value).orElse(null);
            assertArrayEquals(expected.get(probe), found, () -> "seed " + seed);
        }
    }

    private static List<String> scan(ReadView view, KeyRange range, Direction direction) {
        List<String> found = new ArrayList<>();
        try (KeyCursor cursor = view.cursor(range, direction)) {
            while (cursor.advance()) {
                found.add(text(cursor.key(), cursor.value()));
            }
        }
        List<String> keys = found.stream().map(text -> text.replaceAll("=.*", "")).toList();
        assertEquals(keys, many(view, range, direction));
        return found;
    }

    /** The keys, as many as possible at a time. */
    private static List<String> many(ReadView view, KeyRange range, Direction direction) {
        List<String> found = new ArrayList<>();
        KeyTexts reader = new KeyTexts(0);
        try (KeyCursor cursor = view.cursor(range, direction)) {
            Optional<KeyTexts.Page> page = cursor.page(reader);
            while (page.isPresent()) {
                found.addAll(page.get().keys());
                page = cursor.page(reader);
            }
        }
        return found;
    }

    private static String text(byte[] key, byte[] value) {
        return HexFormat.of().formatHex(key) + "=" + Arrays.hashCode(value);
    }
}
