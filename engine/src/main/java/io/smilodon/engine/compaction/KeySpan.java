package io.smilodon.engine.compaction;

import io.smilodon.engine.segment.Segment;
import java.util.Arrays;
import java.util.List;

/** The keys between the first and the last one of some segments. Not thread-safe. */
final class KeySpan {

    private byte[] first = {};
    private byte[] last = {};
    private boolean isEmpty = true;

    boolean isEmpty() {
        return isEmpty;
    }

    byte[] first() {
        return first;
    }

    byte[] last() {
        return last;
    }

    void include(Segment segment) {
        if (isEmpty || Arrays.compareUnsigned(segment.firstKey(), first) < 0) {
            first = segment.firstKey();
        }
        if (isEmpty || Arrays.compareUnsigned(segment.lastKey(), last) > 0) {
            last = segment.lastKey();
        }
        isEmpty = false;
    }

    boolean overlaps(Segment segment) {
        return Arrays.compareUnsigned(segment.firstKey(), last) <= 0
                && Arrays.compareUnsigned(first, segment.lastKey()) <= 0;
    }

    /** Chooses every segment that overlaps, until none does: no older one stays above. */
    void close(List<Segment> candidates, List<Segment> chosen) {
        boolean hasGrown = true;
        while (hasGrown) {
            hasGrown = false;
            for (Segment candidate : candidates) {
                if (!chosen.contains(candidate) && overlaps(candidate)) {
                    chosen.add(candidate);
                    include(candidate);
                    hasGrown = true;
                }
            }
        }
    }
}
