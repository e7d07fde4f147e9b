package io.smilodon.engine.store;

import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.memtable.Memtable;
import io.smilodon.engine.segment.Segment;

/**
 * Estimates how many entries lie in a range: of segments by their share of blocks, of memtables by
 * counting.
 */
final class RangeEntries {

    /** Of each memtable; counting more would make the first reader of a collection wait. */
    private static final int COUNTED_MAX = 50_000;

    private RangeEntries() {}

    /** Removed keys and old versions count like others. */
    static long in(TableView view, EntryScan scan) {
        long entries = counted(view.active(), scan);
        for (FrozenMemtable frozen : view.frozen()) {
            entries += counted(frozen.table(), scan);
        }
        for (Segment segment : view.levels().all()) {
            if (segment.overlaps(scan)) {
                entries += segment.entryCount(scan);
            }
        }
        return entries;
    }

    private static long counted(Memtable table, EntryScan scan) {
        long count = 0;
        try (EntryCursor cursor = table.cursor(scan)) {
            while (count < COUNTED_MAX && cursor.advance()) {
                count++;
            }
        }
        return count;
    }
}
