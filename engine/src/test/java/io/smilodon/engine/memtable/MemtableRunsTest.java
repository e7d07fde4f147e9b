package io.smilodon.engine.memtable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.CheckedWalk;
import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.SortedWrites;
import io.smilodon.engine.entry.Write;
import io.smilodon.engine.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** Large commits stay runs, small ones go into the tree; no reader can tell. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MemtableRunsTest {

    private static final int RUN_WRITES_MIN = 20;

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final String context = "seed " + seed;
    private final Memtable table = new Memtable(new SlabPool(1 << 20), RUN_WRITES_MIN);

    /** The versions of each key, oldest first. */
    private final NavigableMap<byte[], List<Entry>> model = new TreeMap<>(Arrays::compareUnsigned);

    private long sequence;

    /** Where they differ may be before, in, or behind what a list itself knows of its keys. */
    private byte[] key() {
        byte[] key = new byte[1 + random.nextInt(random.nextBoolean() ? 20 : 40)];
        key[random.nextInt(key.length)] = (byte) random.nextInt(4);
        key[key.length - 1] = (byte) (random.nextInt(8) - 4);
        return key;
    }

    private Optional<byte[]> value() {
        int bytes = random.nextInt(200) == 0 ? SlabPool.SLAB_BYTES + 1 : random.nextInt(50);
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return random.nextInt(5) == 0 ? Optional.empty() : Optional.of(value);
    }

    @BeforeEach
    void commit() {
        int commits = 1 + random.nextInt(60);
        while (sequence < commits) {
            sequence++;
            SortedWrites writes = new SortedWrites();
            int large = random.nextInt(12) == 0 ? 600 : 40; // whose filters are not alike
            int count = random.nextBoolean() ? 1 + random.nextInt(3) : large;
            for (int write = 0; write < count; write++) {
                writes.put(new Write(key(), value()));
            }
            table.addAll(writes, sequence);
            for (Write write : writes) {
                Entry entry = new Entry(sequence, write.value());
                model.computeIfAbsent(write.key(), same -> new ArrayList<>()).add(entry);
            }
        }
    }

    private static Optional<Entry> newest(List<Entry> versions, long sequence) {
        return versions.reversed().stream().filter(v -> v.sequence() <= sequence).findFirst();
    }

    private byte[] anyKey() {
        byte[] found = random.nextBoolean() ? model.ceilingKey(key()) : key();
        return found == null ? key() : found;
    }

    @RepeatedTest(50)
    void a_key_has_its_newest_version_as_of_every_commit() {
        for (int round = 0; round < 200; round++) {
            byte[] key = anyKey();
            long asOf = random.nextInt((int) sequence + 2);
            List<Entry> versions = model.getOrDefault(key, List.of());
            Optional<Entry> found = table.find(key, asOf);
            assertEquals(newest(versions, asOf).isPresent(), found.isPresent(), context);
            found.ifPresent(entry -> assertSame(newest(versions, asOf).get(), entry));
            assertEquals(
                    !versions.isEmpty() && versions.getLast().sequence() > asOf,
                    table.isChangedAfter(key, asOf),
                    context);
        }
    }

    private void assertSame(Entry expected, Entry found) {
        assertEquals(expected.sequence(), found.sequence(), context);
        assertEquals(expected.value().isPresent(), found.value().isPresent(), context);
        expected.value().ifPresent(value -> assertArrayEquals(value, found.value().get(), context));
    }

    @RepeatedTest(50)
    void a_scan_of_any_range_in_either_direction_sees_what_was_there() {
        for (int round = 0; round < 20; round++) {
            byte[] one = random.nextInt(4) == 0 ? new byte[0] : anyKey();
            byte[] other = random.nextInt(4) == 0 ? new byte[0] : anyKey();
            boolean isSwapped = other.length > 0 && Arrays.compareUnsigned(one, other) > 0;
            EntryScan scan =
                    new EntryScan(
                            isSwapped ? other : one,
                            isSwapped ? one : other,
                            random.nextBoolean(),
                            random.nextInt((int) sequence + 1));
            assertSees(scan);
        }
    }

    private void assertSees(EntryScan scan) {
        NavigableMap<byte[], List<Entry>> range = model.tailMap(scan.from(), true);
        range = scan.to().length == 0 ? range : range.headMap(scan.to(), false);
        range = scan.isForward() ? range : range.descendingMap();
        EntryCursor cursor = table.cursor(scan);
        range.forEach(
                (key, versions) -> {
                    Optional<Entry> expected = newest(versions, scan.sequence());
                    if (expected.isPresent()) {
                        assertTrue(cursor.advance(), context);
                        assertArrayEquals(key, cursor.key(), context);
                        assertSame(expected.get(), entry(cursor));
                    }
                });
        assertFalse(cursor.advance(), context);
    }

    private static Entry entry(EntryCursor cursor) {
        if (cursor.isRemoval()) {
            return new Entry(cursor.sequence(), Optional.empty());
        }
        ByteSpan span = new ByteSpan();
        cursor.value(span);
        int end = span.start() + span.length();
        return new Entry(
                cursor.sequence(),
                Optional.of(Arrays.copyOfRange(span.bytes(), span.start(), end)));
    }

    @RepeatedTest(50)
    void every_version_is_flushed_keys_ascending_and_versions_descending() {
        EntryCursor cursor = new CheckedWalk(table.versions());
        model.forEach(
                (key, versions) -> {
                    for (Entry version : versions.reversed()) {
                        assertTrue(cursor.advance(), context);
                        assertArrayEquals(key, cursor.key(), context);
                        assertSame(version, entry(cursor));
                    }
                });
        assertFalse(cursor.advance(), context);
        assertArrayEquals(model.firstKey(), table.firstKey(), context);
        assertArrayEquals(model.lastKey(), table.lastKey(), context);
    }

    @RepeatedTest(50)
    void entries_of_a_range_are_counted_and_places_lie_in_it() {
        byte[] from = anyKey();
        EntryScan scan = new EntryScan(from, new byte[0], true, Long.MAX_VALUE);
        long keys = model.tailMap(from, true).size();
        long versions = model.tailMap(from, true).values().stream().mapToLong(List::size).sum();
        long count = table.entryCount(scan, Long.MAX_VALUE);
        assertTrue(keys <= count && count <= versions, context);
        List<byte[]> places = new ArrayList<>();
        table.addPlaces(scan, 5, places);
        assertEquals(keys == 0, places.isEmpty(), context);
        for (byte[] place : places) {
            assertTrue(Arrays.compareUnsigned(place, from) >= 0, context);
            assertTrue(model.containsKey(place), context);
        }
    }
}
