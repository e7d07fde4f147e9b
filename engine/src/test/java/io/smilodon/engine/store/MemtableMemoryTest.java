package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.compaction.Levels;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.memtable.Memtable;
import io.smilodon.engine.memtable.SlabPool;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The memory of a memtable goes to the next one only when nobody reads it any more. Tests run with
 * assertions, so what is given back is written over at once.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MemtableMemoryTest {

    private static final byte[] KEY = {1, 2};

    private final Tables tables =
            new Tables(
                    Levels.EMPTY,
                    new Tables.Readable(0, 0),
                    new SnapshotAges(60_000, () -> 0),
                    new SlabPool(1 << 20));

    private static byte[] value() {
        byte[] value = new byte[100];
        Arrays.fill(value, (byte) 7);
        return value;
    }

    private void flush() {
        tables.freeze(1);
        List<FrozenMemtable> frozen = tables.current().frozen();
        tables.flushed(frozen.get(frozen.size() - 1), List.of(), 0);
    }

    private static byte[] read(Memtable table) {
        try (EntryCursor cursor = table.cursor(EntryScan.all())) {
            assertTrue(cursor.advance());
            return cursor.value();
        }
    }

    @Test
    void a_snapshot_keeps_what_it_may_read() {
        tables.active().add(KEY, Optional.of(value()), 1);
        tables.publish(1);
        Tables.Pin pin = tables.pin();
        flush();
        tables.active().add(KEY, Optional.of(new byte[100]), 2);
        assertArrayEquals(value(), pin.view().find(KEY, 1).orElseThrow().value().orElseThrow());
        pin.view().expire(); // its files are gone, its memory is not
        assertArrayEquals(value(), pin.view().find(KEY, 1).orElseThrow().value().orElseThrow());
        pin.view().release();
    }

    @Test
    void the_last_to_let_go_gives_it_back() {
        Memtable first = tables.active();
        first.add(KEY, Optional.of(value()), 1);
        tables.publish(1);
        Tables.Pin pin = tables.pin();
        flush();
        assertArrayEquals(value(), read(first));
        pin.view().release();
        assertFalse(Arrays.equals(value(), read(first)), "nobody has it any more");
        assertThrows(AssertionError.class, first::release);
    }
}
