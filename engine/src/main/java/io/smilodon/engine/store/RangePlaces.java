package io.smilodon.engine.store;

import io.smilodon.engine.entry.EntryCursor;
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

    /** Keeps every key at first; whenever there are too many, every other one of those kept. */
    private void addMemtable(Memtable table, long allBytes) {
        if (table.isEmpty()) {
            return;
        }
        long wanted = Math.max(1, count * table.bytes() / allBytes);
        List<byte[]> kept = new ArrayList<>();
        int stride = 1;
        try (EntryCursor cursor = table.cursor(scan)) {
            for (int at = 0; cursor.advance(); at++) {
                if (at % stride == 0) {
                    kept.add(cursor.key());
                }
                if (kept.size() > wanted) {
                    kept = everyOther(kept);
                    stride *= 2;
                }
            }
        }
        places.addAll(kept);
    }

    private static List<byte[]> everyOther(List<byte[]> keys) {
        List<byte[]> kept = new ArrayList<>();
        for (int at = 0; at < keys.size(); at += 2) {
            kept.add(keys.get(at));
        }
        return kept;
    }
}
