package io.smilodon.engine.compaction;

import io.smilodon.engine.segment.Segment;
import java.util.List;

/**
 * How many of the versions in the segments are hidden by newer ones, guessed without reading: those
 * beyond one a key of each segment, and every key of a segment that overlaps with an older one.
 */
final class HiddenVersions {

    private HiddenVersions() {}

    /**
     * Whether half of all versions may be hidden. Where the second guess is wrong, so that a pass
     * over everything gains nothing, the upper levels hold as much as the last one; so much must
     * come again before that happens once more.
     */
    static boolean areHalf(Levels levels) {
        return share(levels) >= 0.5;
    }

    /** Which part of all versions may be hidden: 0 for none, 1 for all. */
    static double share(Levels levels) {
        long all = 0;
        long hidden = 0;
        for (int level = 0; level < Levels.COUNT; level++) {
            List<Segment> segments = levels.level(level);
            for (int place = 0; place < segments.size(); place++) {
                Segment segment = segments.get(place);
                all += segment.entryCount();
                hidden += segment.entryCount();
                if (!hidesOlder(levels, level, place)) {
                    hidden -= segment.keyCountMax();
                }
            }
        }
        return all == 0 ? 0 : (double) hidden / all;
    }

    private static boolean hidesOlder(Levels levels, int level, int place) {
        Segment segment = levels.level(level).get(place);
        byte[] first = segment.firstKey();
        byte[] last = segment.lastKey();
        for (int below = level + 1; below < Levels.COUNT; below++) {
            if (!levels.overlapping(below, first, last).isEmpty()) {
                return true;
            }
        }
        List<Segment> flushed = levels.level(0);
        return level == 0
                && levels.overlapping(0, first, last).stream()
                        .anyMatch(other -> flushed.indexOf(other) > place);
    }
}
