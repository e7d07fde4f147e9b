package io.smilodon.engine.memtable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.CheckedWalk;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.SortedWrites;
import io.smilodon.engine.entry.Write;
import io.smilodon.engine.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MemtableOrderTest {

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);

    /** Without runs: all keys are in the tree. */
    private final Memtable table = new Memtable(new SlabPool(0), Integer.MAX_VALUE);

    private final NavigableSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);

    /** Where they differ may be before, in, or behind what a node itself knows of its key. */
    private byte[] key() {
        byte[] key = new byte[1 + random.nextInt(24)];
        for (int index = 0; index < key.length; index++) {
            key[index] = (byte) (random.nextInt(8) == 0 ? random.nextInt(4) - 1 : 0);
        }
        return key;
    }

    private void fill() {
        fill(100);
    }

    /** The order is asked for after one of so many commits, about. */
    private void fill(int commits) {
        long sequence = 0;
        while (keys.size() < 5_000) {
            SortedWrites writes = new SortedWrites();
            int count = random.nextInt(10) == 0 ? random.nextInt(1_000) : 1 + random.nextInt(5);
            for (int write = 0; write < count; write++) {
                byte[] key = key();
                keys.add(key);
                writes.put(new Write(key, Optional.of(key)));
            }
            table.addAll(writes, ++sequence);
            if (random.nextInt(commits) == 0) {
                KeyWalk walk = table.walk();
                assertTrue(walk.ceiling(new byte[0]), "seed " + seed);
                assertArrayEquals(keys.first(), walk.node().key(), "seed " + seed);
            }
            if (random.nextInt(100) == 0) {
                assertArrayEquals(keys.first(), table.firstKey(), "seed " + seed);
                assertArrayEquals(keys.last(), table.lastKey(), "seed " + seed);
            }
        }
    }

    @Test
    void keys_are_walked_in_order_whatever_they_share() {
        fill();
        EntryCursor cursor = table.cursor(EntryScan.all());
        for (byte[] key : keys) {
            assertTrue(cursor.advance(), "seed " + seed);
            assertArrayEquals(key, cursor.key(), "seed " + seed);
        }
        assertFalse(cursor.advance(), "seed " + seed);
    }

    @Test
    void versions_come_in_order_whether_somebody_has_asked_for_it_or_not() {
        boolean isAsked = random.nextBoolean();
        fill(isAsked ? 100 : Integer.MAX_VALUE);
        EntryCursor cursor = new CheckedWalk(table.versions());
        boolean hasMore = cursor.advance();
        for (byte[] key : keys) {
            long sequence = Long.MAX_VALUE;
            assertTrue(hasMore, "seed " + seed);
            while (hasMore && Arrays.equals(key, cursor.key())) {
                assertTrue(cursor.sequence() < sequence, "seed " + seed);
                sequence = cursor.sequence();
                ByteSpan value = new ByteSpan();
                cursor.value(value);
                assertArrayEquals(key, value.copy(), "seed " + seed);
                assertArrayEquals(key, cursor.value(), "seed " + seed);
                hasMore = cursor.advance();
            }
            assertTrue(sequence < Long.MAX_VALUE, "seed " + seed);
        }
        assertFalse(hasMore, "seed " + seed);
    }

    /** Each shares one byte more with those behind it: parts of parts of parts are sorted. */
    @Test
    void keys_that_share_more_and_more_are_in_order() {
        for (int length = 0; length < 400; length++) {
            for (int copy = 0; copy < 20; copy++) {
                byte[] key = new byte[length + 2];
                key[length] = 1;
                key[length + 1] = (byte) copy;
                keys.add(key);
            }
        }
        List<byte[]> mixed = new ArrayList<>(keys);
        Collections.shuffle(mixed, random);
        for (byte[] key : mixed) {
            table.add(key, Optional.of(key), 1);
        }
        EntryCursor cursor = new CheckedWalk(table.versions());
        for (byte[] key : keys) {
            assertTrue(cursor.advance(), "seed " + seed);
            assertArrayEquals(key, cursor.key(), "seed " + seed);
        }
        assertFalse(cursor.advance(), "seed " + seed);
    }

    @Test
    void neighbours_of_any_key_are_found() {
        fill();
        for (int round = 0; round < 5_000; round++) {
            byte[] key = key();
            KeyWalk next = table.walk();
            KeyWalk before = table.walk();
            assertEquals(
                    Optional.ofNullable(keys.ceiling(key)).map(Arrays::toString),
                    found(next, next.ceiling(key)),
                    "seed " + seed);
            assertEquals(
                    Optional.ofNullable(keys.lower(key)).map(Arrays::toString),
                    found(before, before.lower(key)),
                    "seed " + seed);
        }
    }

    private static Optional<String> found(KeyWalk walk, boolean isThere) {
        return isThere ? Optional.of(Arrays.toString(walk.node().key())) : Optional.empty();
    }
}
