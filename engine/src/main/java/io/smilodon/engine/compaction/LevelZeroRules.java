package io.smilodon.engine.compaction;

import io.smilodon.engine.segment.Segment;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * When level 0 goes on to level 1. While it has fewer entries than it would be merged with, more
 * are awaited, so that an update has less written anew; but not where the cache would hold all that
 * lies below, and does not hold level 0 beside it. So they are while most of its keys are new among
 * others, as those of indexes are when documents are loaded. Immutable.
 *
 * @param countMax segments above which they go on
 * @param waitingCountMax the same while more are awaited
 * @param cacheBytes what the cache has room for
 */
public record LevelZeroRules(int countMax, int waitingCountMax, long cacheBytes) {

    /** How many segments there may be for now. */
    int countMax(Levels levels) {
        boolean mayWait = isFull(levels) && levels.level(0).size() <= waitingCountMax;
        return mayWait && (awaitsUpdates(levels) || NewKeys.areMost(levels, 0))
                ? waitingCountMax
                : countMax;
    }

    /**
     * Whether there are so many segments that they go on if no more come: those of new keys, and
     * those of which nothing is known in memory, all of which reads ask.
     */
    boolean isSlowToRead(Levels levels) {
        return isFull(levels)
                && (NewKeys.areMost(levels, 0)
                        || levels.level(0).stream()
                                .anyMatch(segment -> segment.askedKeys().isEmpty()));
    }

    private boolean isFull(Levels levels) {
        return levels.level(0).size() > countMax;
    }

    private boolean awaitsUpdates(Levels levels) {
        List<Segment> zero = levels.level(0);
        long entries = entries(zero);
        double bytesEach = (double) levels.bytes(0) / entries; // those below may be compressed
        double bytesBelow = bytesEach * entries(below(levels, Levels.COUNT - 1));
        boolean isCrowded = bytesBelow <= cacheBytes && bytesBelow + levels.bytes(0) > cacheBytes;
        return entries < entries(below(levels, 1)) && !isCrowded;
    }

    /** What overlaps with any of them, down to a level. */
    private static Set<Segment> below(Levels levels, int last) {
        Set<Segment> below = new HashSet<>();
        for (Segment segment : levels.level(0)) {
            for (int level = 1; level <= last; level++) {
                below.addAll(levels.overlapping(level, segment.firstKey(), segment.lastKey()));
            }
        }
        return below;
    }

    private static long entries(Collection<Segment> segments) {
        return segments.stream().mapToLong(Segment::entryCount).sum();
    }
}
