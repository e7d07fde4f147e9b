package io.smilodon.engine.compaction;

import io.smilodon.engine.segment.Segment;
import java.util.List;

/**
 * When level 0 goes on to level 1. While it has fewer entries than it would be merged with, more
 * are awaited, so that an update has less written anew; but not where the cache would hold the
 * newest versions of all, and does not hold older ones beside them. So they are while most of its
 * keys are new among others, as those of indexes are when documents are loaded. Immutable.
 *
 * @param countMax segments above which they go on
 * @param waitingCountMax the same while more are awaited
 * @param cacheBytes what the cache has room for
 */
public record LevelZeroRules(int countMax, int waitingCountMax, long cacheBytes) {

    /** How many segments there may be for now. */
    int countMax(Levels levels) {
        List<Segment> zero = levels.level(0);
        boolean mayWait = isFull(levels) && zero.size() <= waitingCountMax;
        return mayWait && (awaitsUpdates(levels) || NewKeys.areMost(levels, 0))
                ? waitingCountMax
                : countMax;
    }

    /** Whether there are so many segments that they go on, but more new keys are awaited. */
    boolean awaitsNewKeys(Levels levels) {
        return isFull(levels) && NewKeys.areMost(levels, 0);
    }

    private boolean isFull(Levels levels) {
        return levels.level(0).size() > countMax;
    }

    private boolean awaitsUpdates(Levels levels) {
        List<Segment> zero = levels.level(0);
        KeySpan span = new KeySpan();
        zero.forEach(span::include);
        long entries = entries(zero);
        long entriesBelow = entries(levels.overlapping(1, span.first(), span.last()));
        double bytesBelow = (double) levels.bytes(0) / entries * entriesBelow; // not compressed
        boolean isCrowded = bytesBelow <= cacheBytes && bytesBelow + levels.bytes(0) > cacheBytes;
        return entries < entriesBelow && !isCrowded;
    }

    private static long entries(List<Segment> segments) {
        return segments.stream().mapToLong(Segment::entryCount).sum();
    }
}
