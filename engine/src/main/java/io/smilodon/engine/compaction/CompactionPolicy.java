package io.smilodon.engine.compaction;

import io.smilodon.engine.compaction.CompactionTask.Drop;
import io.smilodon.engine.compaction.CompactionTask.Merge;
import io.smilodon.engine.compaction.CompactionTask.Move;
import io.smilodon.engine.segment.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What to compact next. First whatever is wholly retired, then the level that is most over its
 * size, then segments of which a part is retired. From a level goes the segment that drags the
 * least of the next level along, for its size. Level 0 goes by groups whose keys overlap.
 *
 * <p>Immutable.
 *
 * @param levelZeroCountMax segments of level 0 above which they go on to level 1
 * @param segmentBytesMax size of a segment, about
 * @param levelBytesBase size of level 1
 * @param sizeRatio how much larger each level is than the one above it
 */
public record CompactionPolicy(
        int levelZeroCountMax, long segmentBytesMax, long levelBytesBase, int sizeRatio) {

    /** A segment smaller than this share of a whole one is merged, lest many small ones gather. */
    private static final int SMALL_SHARE = 8;

    /** The next step, if anything is to be done. */
    Optional<CompactionTask> next(Levels levels, RetiredPrefixes retired) {
        List<Segment> gone = levels.all().stream().filter(retired::coversAll).toList();
        if (!gone.isEmpty()) {
            return Optional.of(new Drop(gone));
        }
        int fullest = fullest(levels);
        if (fullest == 0) {
            return Optional.of(fromLevelZero(levels));
        }
        return fullest > 0
                ? Optional.of(fromLevel(levels, fullest))
                : levels.all().stream()
                        .filter(retired::coversSome)
                        .findFirst()
                        .map(part -> new Merge(List.of(List.of(part)), levels.levelOf(part)));
    }

    /** Whether a level is over its size. */
    boolean isDue(Levels levels) {
        return fullest(levels) >= 0;
    }

    private int fullest(Levels levels) {
        int fullest = levels.level(0).size() > levelZeroCountMax ? 0 : -1;
        double highest = fullest == 0 ? (double) levels.level(0).size() / levelZeroCountMax : 1;
        double size = levelBytesBase;
        for (int level = 1; level < Levels.COUNT - 1; level++) {
            double score = levels.bytes(level) / size;
            if (score > highest) {
                highest = score;
                fullest = level;
            }
            size *= sizeRatio;
        }
        return fullest;
    }

    /** Takes the oldest segments of level 0 on to level 1. */
    CompactionTask fromLevelZero(Levels levels) {
        List<Segment> zero = levels.level(0);
        KeySpan span = new KeySpan();
        List<Segment> chosen = new ArrayList<>();
        long bytes = 0;
        for (int age = zero.size() - 1; age >= 0; age--) {
            Segment oldest = zero.get(age);
            if (!chosen.contains(oldest) && bytes < segmentBytesMax / SMALL_SHARE) {
                chosen.add(oldest);
                span.include(oldest);
                span.close(zero, chosen);
                bytes = chosen.stream().mapToLong(segment -> segment.file().bytes()).sum();
            }
        }
        chosen.sort(Comparator.comparingInt(zero::indexOf));
        List<Segment> below = below(levels, span, bytes);
        return chosen.size() == 1 && below.isEmpty()
                ? new Move(chosen.get(0), 1)
                : merge(chosen.stream().map(List::of).toList(), below, 1);
    }

    /** What must be merged along; a small segment also takes along a small neighbour. */
    private List<Segment> below(Levels levels, KeySpan span, long bytes) {
        List<Segment> below = levels.overlapping(1, span.first, span.last);
        if (!below.isEmpty() || bytes >= segmentBytesMax / SMALL_SHARE) {
            return below;
        }
        return levels.level(1).stream()
                .filter(segment -> Arrays.compareUnsigned(segment.lastKey(), span.first) < 0)
                .reduce((first, second) -> second)
                .filter(segment -> segment.file().bytes() < segmentBytesMax / SMALL_SHARE)
                .map(List::of)
                .orElse(List.of());
    }

    private static CompactionTask fromLevel(Levels levels, int level) {
        Segment best = levels.level(level).get(0);
        double least = Double.MAX_VALUE;
        for (Segment segment : levels.level(level)) {
            double cost = (double) bytesBelow(levels, level, segment) / segment.file().bytes();
            if (cost < least) {
                least = cost;
                best = segment;
            }
        }
        return down(levels, level, best);
    }

    /** Takes one segment on to the next level. */
    static CompactionTask down(Levels levels, int level, Segment segment) {
        List<Segment> below = levels.overlapping(level + 1, segment.firstKey(), segment.lastKey());
        return below.isEmpty()
                ? new Move(segment, level + 1)
                : merge(List.of(List.of(segment)), below, level + 1);
    }

    private static long bytesBelow(Levels levels, int level, Segment segment) {
        return levels.overlapping(level + 1, segment.firstKey(), segment.lastKey()).stream()
                .mapToLong(below -> below.file().bytes())
                .sum();
    }

    private static Merge merge(List<List<Segment>> runs, List<Segment> below, int level) {
        List<List<Segment>> all = new ArrayList<>(runs);
        if (!below.isEmpty()) {
            all.add(below);
        }
        return new Merge(all, level);
    }

    /** The keys between the first and the last one of some segments. */
    private static final class KeySpan {

        private byte[] first = {};
        private byte[] last = {};
        private boolean isEmpty = true;

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
}
