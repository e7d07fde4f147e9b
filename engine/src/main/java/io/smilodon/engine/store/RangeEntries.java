package io.smilodon.engine.store;

import io.smilodon.engine.entry.EntryScan;
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
        long entries = view.active().entryCount(scan, COUNTED_MAX);
        for (FrozenMemtable frozen : view.frozen()) {
            entries += frozen.table().entryCount(scan, COUNTED_MAX);
        }
        for (Segment segment : view.levels().all()) {
            if (segment.overlaps(scan)) {
                entries += segment.entryCount(scan);
            }
        }
        return entries;
    }
}
