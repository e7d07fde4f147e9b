package io.smilodon.engine.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.smilodon.engine.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VersionMergeTest {

    private static final int TABLES_MAX = 19;
    private static final int VERSIONS_MAX = 60;

    /** A version, and which table has it. */
    private record Row(byte[] key, long sequence, int table) {

        static final Comparator<Row> ORDER =
                Comparator.comparing(Row::key, Arrays::compareUnsigned)
                        .thenComparing(Comparator.comparingLong(Row::sequence).reversed())
                        .thenComparing(Row::table);

        @Override
        public String toString() {
            return Arrays.toString(key) + " of " + sequence + " in " + table;
        }
    }

    @RepeatedTest(300)
    void versions_come_by_key_then_from_the_newest_on_then_by_table() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        List<Row> expected = new ArrayList<>();
        List<TableWalk> walks = new ArrayList<>();
        int tables = random.nextInt(TABLES_MAX + 1);
        byte[] prefix = prefix(random);
        for (int table = 0; table < tables; table++) {
            List<Row> rows = rows(random, table, prefix);
            expected.addAll(rows);
            walks.add(new TableWalk(rows));
        }
        expected.sort(Row.ORDER);

        List<Row> found = new ArrayList<>();
        try (VersionWalk merge = new CheckedWalk(new VersionMerge(walks))) {
            while (merge.advance()) {
                ByteSpan span = new ByteSpan();
                merge.key(span);
                assertEquals(Arrays.toString(merge.key()), Arrays.toString(span.copy()));
                found.add(new Row(merge.key(), merge.sequence(), merge.value()[0]));
            }
            assertFalse(merge.advance());
        }
        assertEquals(expected.toString(), found.toString(), () -> "seed " + seed);
    }

    @Test
    void nothing_comes_of_no_tables() {
        try (VersionMerge merge = new VersionMerge(List.of())) {
            assertFalse(merge.advance());
        }
    }

    private static byte[] prefix(Random random) {
        byte[] prefix = new byte[random.nextInt(50) == 0 ? 4_080 : random.nextInt(12)];
        random.nextBytes(prefix);
        return prefix;
    }

    /** Keys that begin alike, end within each other, or differ by zeroes at the end. */
    private static List<Row> rows(Random random, int table, byte[] prefix) {
        List<Row> rows = new ArrayList<>();
        int count = random.nextInt(VERSIONS_MAX);
        int letters = 1 + random.nextInt(3);
        for (int row = 0; row < count; row++) {
            byte[] key = Arrays.copyOf(prefix, prefix.length + random.nextInt(10));
            for (int at = prefix.length; at < key.length; at++) {
                int letter = random.nextInt(letters + 1);
                key[at] = (byte) (letter == letters ? 0xff : letter);
            }
            boolean isCut = random.nextInt(20) == 0;
            byte[] whole = isCut ? Arrays.copyOf(key, random.nextInt(key.length + 1)) : key;
            rows.add(new Row(whole, random.nextInt(8), table));
        }
        rows.sort(Row.ORDER);
        return rows;
    }

    /** Walks a table; each key in an array that the next one takes. */
    private static final class TableWalk implements VersionWalk {

        private final List<Row> rows;
        private final byte[] room = new byte[8 << 10];
        private int at = -1;

        TableWalk(List<Row> rows) {
            this.rows = rows;
        }

        @Override
        public boolean advance() {
            at++;
            if (at < rows.size()) {
                System.arraycopy(rows.get(at).key(), 0, room, 1, rows.get(at).key().length);
            }
            return at < rows.size();
        }

        @Override
        public int common() {
            byte[] before = at == 0 ? new byte[0] : rows.get(at - 1).key();
            int mismatch = Arrays.mismatch(before, rows.get(at).key());
            return mismatch < 0 ? before.length : mismatch;
        }

        @Override
        public byte[] key() {
            return rows.get(at).key();
        }

        @Override
        public void key(ByteSpan span) {
            span.set(room, 1, rows.get(at).key().length);
        }

        @Override
        public long sequence() {
            return rows.get(at).sequence();
        }

        @Override
        public boolean isRemoval() {
            return false;
        }

        @Override
        public byte[] value() {
            return new byte[] {(byte) rows.get(at).table()};
        }

        @Override
        public void close() {}
    }
}
