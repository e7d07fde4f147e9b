package io.smilodon.engine.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.smilodon.engine.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MergingCursorTest {

    private static final int KEYS = 12;
    private static final int TABLES_MAX = 5;

    @RepeatedTest(200)
    void each_key_comes_once_in_order_in_its_newest_version() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        boolean isForward = random.nextBoolean();
        byte[] prefix = new byte[random.nextInt(20)];
        List<EntryCursor> sources = new ArrayList<>();
        NavigableMap<Byte, Long> expected = new TreeMap<>();
        int tables = random.nextInt(TABLES_MAX + 1);
        for (int age = 0; age < tables; age++) {
            NavigableMap<Byte, Long> table = table(random, tables - age);
            table.forEach(expected::putIfAbsent);
            sources.add(new TableCursor(prefix, inOrder(table, isForward)));
        }
        List<EntryCursor> others = new ArrayList<>();
        for (EntryCursor source : sources) {
            others.add(((TableCursor) source).again());
        }
        Collections.shuffle(sources, random);

        List<Map.Entry<Byte, Long>> found = new ArrayList<>();
        try (MergingCursor cursor = new MergingCursor(sources, scan(prefix, isForward))) {
            while (cursor.advance()) {
                found.add(Map.entry(cursor.key()[prefix.length], cursor.sequence()));
            }
        }

        List<Map.Entry<Byte, Long>> wanted =
                new ArrayList<>(inOrder(expected, isForward).entrySet());
        assertEquals(wanted, found, () -> "seed " + seed);
        int steps = random.nextInt(KEYS);
        try (MergingCursor cursor = new MergingCursor(others, scan(prefix, isForward))) {
            assertEquals(
                    List.copyOf(inOrder(expected, isForward).keySet()),
                    filled(cursor, prefix.length, steps),
                    () -> "seed " + seed);
        }
    }

    /** What stands behind the prefix of every key: after some steps all that are left at once. */
    private static List<Byte> filled(MergingCursor cursor, int prefix, int steps) {
        List<Byte> found = new ArrayList<>();
        while (found.size() < steps && cursor.advance()) {
            found.add(cursor.key()[prefix]);
        }
        KeyTails tails = new KeyTails();
        tails.begin(prefix);
        assertFalse(cursor.fill(tails));
        for (int index = 0; index < tails.count(); index++) {
            found.add(tails.bytes()[tails.start(index)]);
        }
        assertFalse(cursor.fill(tails));
        return found;
    }

    private static EntryScan scan(byte[] prefix, boolean isForward) {
        return new EntryScan(keyOf(prefix, 0), keyOf(prefix, KEYS), isForward, Long.MAX_VALUE);
    }

    /** Keys of several lengths, which differ behind the prefix. */
    private static byte[] keyOf(byte[] prefix, int number) {
        byte[] key = Arrays.copyOf(prefix, prefix.length + 1 + number % 5 * 3);
        key[prefix.length] = (byte) number;
        return key;
    }

    private static NavigableMap<Byte, Long> table(Random random, long sequence) {
        NavigableMap<Byte, Long> table = new TreeMap<>();
        int count = random.nextInt(KEYS);
        for (int entry = 0; entry < count; entry++) {
            table.put((byte) random.nextInt(KEYS), sequence);
        }
        return table;
    }

    private static NavigableMap<Byte, Long> inOrder(
            NavigableMap<Byte, Long> table, boolean isForward) {
        return isForward ? table : table.descendingMap();
    }

    /** Walks a map from keys to sequences. */
    private static final class TableCursor implements EntryCursor {

        private final byte[] prefix;
        private final NavigableMap<Byte, Long> table;
        private final Iterator<Map.Entry<Byte, Long>> entries;
        private byte[] key = {};
        private long sequence;

        TableCursor(byte[] prefix, NavigableMap<Byte, Long> table) {
            this.prefix = prefix;
            this.table = table;
            this.entries = table.entrySet().iterator();
        }

        TableCursor again() {
            return new TableCursor(prefix, table);
        }

        @Override
        public boolean advance() {
            if (!entries.hasNext()) {
                return false;
            }
            Map.Entry<Byte, Long> next = entries.next();
            key = keyOf(prefix, next.getKey());
            sequence = next.getValue();
            return true;
        }

        @Override
        public byte[] key() {
            return key;
        }

        @Override
        public long sequence() {
            return sequence;
        }

        @Override
        public boolean isRemoval() {
            return false;
        }

        @Override
        public byte[] value() {
            return key;
        }

        @Override
        public void close() {}
    }
}
