package io.smilodon.engine.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SortedWritesTest {

    private static final int ROUNDS = 300;
    private static final int MANY_ROUNDS = 20;

    /** Ascending for a while, then anyhow: a list of writes, and the tree that it becomes. */
    @Test
    void they_answer_as_a_map_does() {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = Seeds.next();
            Random random = new Random(seed);
            NavigableMap<byte[], Write> model = new TreeMap<>(Arrays::compareUnsigned);
            SortedWrites writes = new SortedWrites();
            int ascending = random.nextInt(20);
            int count = ascending + (random.nextBoolean() ? 0 : random.nextInt(20));
            for (int number = 0; number < count; number++) {
                byte[] key =
                        number < ascending
                                ? new byte[] {(byte) (number * 12)}
                                : key(random.nextInt(300));
                Write write = new Write(key, Optional.of(new byte[] {(byte) number}));
                assertEquals(Optional.ofNullable(model.put(key, write)), writes.put(write));
            }
            assertSame(model, writes, random, "seed " + seed);
        }
    }

    /**
     * So many that they are hashed, of keys that share their beginnings, end in each other, or not.
     */
    @Test
    void many_answer_as_a_map_does() {
        for (int round = 0; round < MANY_ROUNDS; round++) {
            long seed = Seeds.next();
            Random random = new Random(seed);
            NavigableMap<byte[], Write> model = new TreeMap<>(Arrays::compareUnsigned);
            SortedWrites writes = new SortedWrites();
            int count = random.nextInt(6_000);
            int letters = 1 + random.nextInt(3);
            for (int number = 0; number < count; number++) {
                byte[] key = longKey(random, letters);
                Write write = new Write(key, Optional.of(new byte[] {(byte) number}));
                assertEquals(Optional.ofNullable(model.put(key, write)), writes.put(write));
                byte[] sought = longKey(random, letters);
                assertEquals(Optional.ofNullable(model.get(sought)), writes.find(sought));
                if (random.nextInt(1_000) == 0) {
                    assertEquals(List.copyOf(model.values()), list(writes), "seed " + seed);
                }
                if (random.nextInt(1_000) == 0) {
                    List<Write> tail = List.copyOf(model.tailMap(sought, true).values());
                    assertEquals(tail, list(writes.range(sought, new byte[0], true)));
                }
            }
            assertEquals(List.copyOf(model.values()), list(writes), "seed " + seed);
            assertSame(model, writes, random, "seed " + seed);
        }
    }

    private static byte[] longKey(Random random, int letters) {
        byte[] key = new byte[random.nextInt(30)];
        int shared = random.nextInt(key.length + 1);
        for (int index = 0; index < key.length; index++) {
            key[index] = (byte) (index < shared ? 0 : random.nextInt(letters) * 127);
        }
        return key;
    }

    private static void assertSame(
            NavigableMap<byte[], Write> model, SortedWrites writes, Random random, String seed) {
        assertEquals(List.copyOf(model.values()), list(writes), seed);
        assertEquals(list(writes), withKeys(writes.keys(), model), seed);
        assertEquals(model.size(), writes.size(), seed);
        assertEquals(model.isEmpty(), writes.isEmpty(), seed);
        for (int ask = 0; ask < 30; ask++) {
            byte[] from = key(random.nextInt(300));
            byte[] to = random.nextInt(4) == 0 ? new byte[0] : key(random.nextInt(300));
            assertEquals(Optional.ofNullable(model.get(from)), writes.find(from), seed);
            List<Write> wanted = new ArrayList<>();
            for (Write write : model.tailMap(from, true).values()) {
                if (to.length == 0 || Arrays.compareUnsigned(write.key(), to) < 0) {
                    wanted.add(write);
                }
            }
            assertEquals(wanted, list(writes.range(from, to, true)), seed);
            assertEquals(wanted.reversed(), list(writes.range(from, to, false)), seed);
        }
    }

    private static List<Write> withKeys(Iterable<byte[]> keys, NavigableMap<byte[], Write> model) {
        return list(keys).stream().map(key -> new Write(key, model.get(key).value())).toList();
    }

    /** One or two bytes, some above 127, so that order must be unsigned. */
    private static byte[] key(int number) {
        return number < 256
                ? new byte[] {(byte) number}
                : new byte[] {(byte) number, (byte) number};
    }

    private static <T> List<T> list(Iterable<T> items) {
        List<T> list = new ArrayList<>();
        items.forEach(list::add);
        return list;
    }

    @Test
    void all_of_another_are_added() {
        SortedWrites source = new SortedWrites();
        SortedWrites copy = new SortedWrites();
        Write write = new Write(new byte[] {2}, Optional.empty());
        source.put(write);
        copy.putAll(source);
        source.put(new Write(new byte[] {1}, Optional.empty()));
        assertEquals(List.of(write), list(copy));
    }

    @Test
    void nobody_removes_through_an_iterator() {
        SortedWrites writes = new SortedWrites();
        writes.put(new Write(new byte[] {1}, Optional.empty()));
        var iterator = writes.iterator();
        iterator.next();
        assertThrows(UnsupportedOperationException.class, iterator::remove);
    }
}
