package io.smilodon.engine.store;

import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.segment.Segment;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The prefixes that were given up, as far as segments tell. A mark that is only in memory and in
 * the log may yet be lost with a crash, and what it covers must then still be there. Immutable.
 */
final class RetiredPrefixes {

    private final NavigableSet<byte[]> prefixes = new TreeSet<>(Arrays::compareUnsigned);

    private RetiredPrefixes() {}

    static RetiredPrefixes in(List<Segment> segments) {
        RetiredPrefixes retired = new RetiredPrefixes();
        KeyRange marks = ReservedKeys.retiredMarks();
        EntryScan scan = new EntryScan(marks.from(), marks.to(), true, Long.MAX_VALUE);
        for (Segment segment : segments) {
            try (EntryCursor cursor = segment.cursor(scan)) {
                while (cursor.advance()) {
                    retired.add(ReservedKeys.prefixOf(cursor.key()));
                }
            }
        }
        return retired;
    }

    /** Keeps the set free of prefixes of each other, so that one look-up decides. */
    private void add(byte[] prefix) {
        if (!covers(prefix)) {
            byte[] end = KeyRange.successor(prefix);
            prefixes.tailSet(prefix, false)
                    .removeIf(other -> end.length == 0 || Arrays.compareUnsigned(other, end) < 0);
            prefixes.add(prefix);
        }
    }

    boolean covers(byte[] key) {
        byte[] candidate = prefixes.floor(key);
        return candidate != null
                && candidate.length <= key.length
                && Arrays.equals(candidate, 0, candidate.length, key, 0, candidate.length);
    }
}
