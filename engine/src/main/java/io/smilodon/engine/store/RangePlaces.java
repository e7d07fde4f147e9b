package io.smilodon.engine.store;

import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.memtable.Memtable;
import io.smilodon.engine.segment.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds keys that cut a range into parts of about the same number of bytes. Segments tell it by
 * their block indexes, without reading a block; memtables are walked through. Removed keys and old
 * versions count like others. Used once.
 */
final class RangePlaces {

    private final EntryScan scan;
    private final int count;
    private final List<byte[]> places = new ArrayList<>();

    /**
     * @param count how many keys to find, about
     */
    RangePlaces(EntryScan scan, int count) {
        this.scan = scan;
        this.count = count;
    }

    /** Ascending keys inside the range, which may be there no longer. */
    List<byte[]> in(TableView view) {
        List<Segment> segments = new ArrayList<>();
        long blocks = 0;
        long bytes = 0;
        for (Segment segment : view.levels().all()) {
            if (segment.overlaps(scan)) {
                segments.add(segment);
                int inside = segment.blockCount(scan);
                blocks += inside;
                bytes += segment.file().bytes() / segment.blockCount() * inside;
            }
        }
        long all = bytes + view.memtableBytes();
        addMemtable(view.active(), all);
        view.frozen().forEach(frozen -> addMemtable(frozen.table(), all));
        int stride = (int) Math.max(1, blocks / count);
        segments.forEach(segment -> segment.addBlockKeys(scan, stride, places));
        places.sort(Arrays::compareUnsigned);
        return List.copyOf(places);
    }

    private void addMemtable(Memtable table, long allBytes) {
        if (!table.isEmpty()) {
            table.addPlaces(scan, Math.max(1, count * table.bytes() / allBytes), places);
        }
    }
}
