package io.smilodon.engine.compaction;

import io.smilodon.engine.compaction.CompactionTask.Drop;
import io.smilodon.engine.compaction.CompactionTask.Merge;
import io.smilodon.engine.compaction.CompactionTask.Move;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.segment.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What to compact next. First whatever is wholly retired, then the level that is most over its
 * size, then segments of which a part is retired. From a level goes the segment that drags the
 * least of the next level along, for its size. Level 0 goes by groups whose keys overlap; what keys
 * that are new among others would be merged with goes further down where there is room, so that a
 * load writes less anew. Damaged segments stay where they are, and so does what must not pass them.
 *
 * <p>Immutable.
 *
 * @param levelZero when its segments go on to level 1
 * @param segmentBytesMax size of a segment, about
 * @param levelBytesBase size of level 1
 * @param sizeRatio how much larger each level is than the one above it
 */
public record CompactionPolicy(
        LevelZeroRules levelZero, long segmentBytesMax, long levelBytesBase, int sizeRatio) {

    /** A segment smaller than this share of a whole one is merged, lest many small ones gather. */
    private static final int SMALL_SHARE = 8;

    /** So far down goes what new keys would be merged with. */
    private static final int ROOM_LEVEL_MAX = 3;

    /** So many times the size of level 1 is merged at once for nothing but faster reads. */
    private static final int GATHERED_SHARE = 2;

    /** The next step, if anything is to be done. */
    Optional<CompactionTask> next(Levels levels, RetiredPrefixes retired, DamagedSegments damaged) {
        List<Segment> gone = levels.all().stream().filter(retired::coversAll).toList();
        if (!gone.isEmpty()) {
            return Optional.of(new Drop(gone));
        }
        return ofFullest(levels, damaged)
                .or(
                        () ->
                                levels.all().stream()
                                        .filter(damaged::isUsable)
                                        .filter(part -> coversSome(retired, part, damaged))
                                        .findFirst()
                                        .map(part -> rewrite(levels, part)));
    }

    /** Writes a segment anew where it is. */
    static CompactionTask rewrite(Levels levels, Segment segment) {
        return new Merge(List.of(List.of(segment)), levels.levelOf(segment));
    }

    private static boolean coversSome(
            RetiredPrefixes retired, Segment segment, DamagedSegments damaged) {
        try {
            return retired.coversSome(segment);
        } catch (SmilodonException unreadable) {
            if (!damaged.mark(List.of(segment), unreadable)) {
                throw unreadable;
            }
            return false;
        }
    }

    /** Whether a level is over its size, and something can be done about it. */
    boolean isDue(Levels levels, DamagedSegments damaged) {
        return damaged.isEmpty()
                ? !overfull(levels).isEmpty()
                : ofFullest(levels, damaged).isPresent();
    }

    /**
     * What would be written anew if the segments of level 0 went on to level 1, so that reads ask
     * fewer segments; 0 if they would not.
     */
    long scatteredBytes(Levels levels, DamagedSegments damaged) {
        List<Segment> zero = movable(levels, damaged);
        KeySpan span = new KeySpan();
        boolean isOverlapping = false;
        for (Segment segment : zero) {
            isOverlapping |= !span.isEmpty() && span.overlaps(segment);
            span.include(segment);
        }
        List<Segment> below =
                zero.isEmpty() ? List.of() : levels.overlapping(1, span.first(), span.last());
        return isOverlapping || !below.isEmpty() ? bytes(zero) + bytes(below) : 0;
    }

    /**
     * What lies on several levels down to that on which room is made, in one, so that reads ask
     * fewer segments; as many levels as are together not too large, lest all else waits long.
     */
    Optional<Merge> gathered(Levels levels, DamagedSegments damaged) {
        for (int last = ROOM_LEVEL_MAX; last > 1; last--) {
            Merge merge = gathered(levels, last);
            List<Segment> inputs = merge.inputs();
            if (merge.runs().size() > 1
                    && bytes(inputs) <= GATHERED_SHARE * levelBytesBase
                    && damaged.areUsable(inputs)) {
                return Optional.of(merge);
            }
        }
        return Optional.empty();
    }

    /** A run for each level that has such, from the highest one on. */
    private static Merge gathered(Levels levels, int last) {
        KeySpan span = new KeySpan();
        List<List<Segment>> runs = new ArrayList<>();
        for (int level = 1; level <= last; level++) {
            int above = level;
            List<Segment> run =
                    span.isEmpty()
                            ? levels.level(level).stream()
                                    .filter(segment -> hasBelow(levels, above, last, segment))
                                    .toList()
                            : levels.overlapping(level, span.first(), span.last());
            run.forEach(span::include);
            if (!run.isEmpty()) {
                runs.add(run);
            }
        }
        return new Merge(runs, last);
    }

    /** Whether something overlaps with a segment on the levels from the next to the last one. */
    private static boolean hasBelow(Levels levels, int level, int last, Segment segment) {
        return IntStream.rangeClosed(level + 1, last)
                .anyMatch(
                        below ->
                                !levels.overlapping(below, segment.firstKey(), segment.lastKey())
                                        .isEmpty());
    }

    /** What {@link #gathered} would write anew; 0 if there is nothing. */
    long gatheredBytes(Levels levels, DamagedSegments damaged) {
        return gathered(levels, damaged).map(merge -> bytes(merge.inputs())).orElse(0L);
    }

    private static long bytes(List<Segment> segments) {
        return segments.stream().mapToLong(segment -> segment.file().bytes()).sum();
    }

    /** Whether the segments are large enough for a pass over all of them to win something. */
    boolean isWorthAPass(Levels levels) {
        return bytes(levels.all()) >= segmentBytesMax / SMALL_SHARE;
    }

    private Optional<CompactionTask> ofFullest(Levels levels, DamagedSegments damaged) {
        for (int level : overfull(levels)) {
            Optional<CompactionTask> task =
                    level == 0
                            ? makingRoom(levels, damaged).or(() -> fromLevelZero(levels, damaged))
                            : fromLevel(levels, level, damaged);
            if (task.isPresent()) {
                return task;
            }
        }
        return Optional.empty();
    }

    /** The levels over their size, the one that is most so first. */
    private List<Integer> overfull(Levels levels) {
        double[] scores = new double[Levels.COUNT - 1];
        scores[0] = (double) levels.level(0).size() / levelZero.countMax(levels);
        double size = levelBytesBase;
        for (int level = 1; level < scores.length; level++) {
            scores[level] = levels.bytes(level) / size;
            size *= sizeRatio;
        }
        return IntStream.range(0, scores.length)
                .filter(level -> scores[level] > 1)
                .boxed()
                .sorted((one, other) -> Double.compare(scores[other], scores[one]))
                .toList();
    }

    /** Whether level 0 waits for more, and had better not wait if none come. */
    boolean isSlowToRead(Levels levels) {
        return levelZero.isSlowToRead(levels);
    }

    /** What new keys of level 0 would be merged with goes out of their way, if it can. */
    private static Optional<CompactionTask> makingRoom(Levels levels, DamagedSegments damaged) {
        if (!NewKeys.areMost(levels, 0)) {
            return Optional.empty();
        }
        KeySpan span = new KeySpan();
        movable(levels, damaged).forEach(span::include);
        return room(levels, 1, levels.overlapping(1, span.first(), span.last()), damaged);
    }

    /**
     * Takes something that is in the way one level down where nothing overlaps with it, or else
     * what is in the way of that.
     */
    private static Optional<CompactionTask> room(
            Levels levels, int level, List<Segment> inTheWay, DamagedSegments damaged) {
        if (level >= ROOM_LEVEL_MAX) {
            return Optional.empty();
        }
        for (Segment segment : inTheWay) {
            List<Segment> below = below(levels, level, segment);
            Optional<CompactionTask> task =
                    below.isEmpty() && damaged.isUsable(segment)
                            ? Optional.of(new Move(segment, level + 1))
                            : room(levels, level + 1, below, damaged);
            if (task.isPresent()) {
                return task;
            }
        }
        return Optional.empty();
    }

    /** Takes the oldest segments of level 0 on to level 1, if any can go. */
    Optional<CompactionTask> fromLevelZero(Levels levels, DamagedSegments damaged) {
        List<Segment> zero = movable(levels, damaged);
        if (zero.isEmpty()) {
            return Optional.empty();
        }
        KeySpan span = new KeySpan();
        List<Segment> chosen = new ArrayList<>();
        long bytes = 0;
        for (int age = zero.size() - 1; age >= 0; age--) {
            Segment oldest = zero.get(age);
            if (!chosen.contains(oldest) && bytes < segmentBytesMax / SMALL_SHARE) {
                chosen.add(oldest);
                span.include(oldest);
                span.close(zero, chosen);
                bytes = bytes(chosen);
            }
        }
        chosen.sort(Comparator.comparingInt(zero::indexOf));
        List<Segment> below = below(levels, span, bytes);
        if (!damaged.areUsable(below)) {
            return Optional.of(alone(levels, zero));
        }
        return Optional.of(
                chosen.size() == 1 && below.isEmpty()
                        ? new Move(chosen.get(0), 1)
                        : merge(chosen.stream().map(List::of).toList(), below, 1));
    }

    /** The oldest segment and what overlaps with it, without what lies further off. */
    private static CompactionTask alone(Levels levels, List<Segment> zero) {
        KeySpan span = new KeySpan();
        List<Segment> chosen = new ArrayList<>(List.of(zero.get(zero.size() - 1)));
        span.include(chosen.get(0));
        span.close(zero, chosen);
        chosen.sort(Comparator.comparingInt(zero::indexOf));
        List<Segment> below = levels.overlapping(1, span.first(), span.last());
        return chosen.size() == 1 && below.isEmpty()
                ? new Move(chosen.get(0), 1)
                : merge(chosen.stream().map(List::of).toList(), below, 1);
    }

    /**
     * The segments of level 0 that may go down: neither they, nor older ones that they overlap
     * with, nor what they would be merged with is damaged.
     */
    static List<Segment> movable(Levels levels, DamagedSegments damaged) {
        List<Segment> zero = levels.level(0);
        if (damaged.isEmpty()) {
            return zero;
        }
        List<Segment> stuck = new ArrayList<>();
        for (Segment segment : zero.reversed()) { // from the oldest on
            KeySpan span = new KeySpan();
            span.include(segment);
            boolean mayGo =
                    damaged.isUsable(segment)
                            && stuck.stream().noneMatch(span::overlaps)
                            && damaged.areUsable(levels.overlapping(1, span.first(), span.last()));
            if (!mayGo) {
                stuck.add(segment);
            }
        }
        return zero.stream().filter(segment -> !stuck.contains(segment)).toList();
    }

    /** What must be merged along; a small segment also takes along a small neighbour. */
    private List<Segment> below(Levels levels, KeySpan span, long bytes) {
        List<Segment> below = levels.overlapping(1, span.first(), span.last());
        if (!below.isEmpty() || bytes >= segmentBytesMax / SMALL_SHARE) {
            return below;
        }
        return levels.level(1).stream()
                .filter(segment -> Arrays.compareUnsigned(segment.lastKey(), span.first()) < 0)
                .reduce((first, second) -> second)
                .filter(segment -> segment.file().bytes() < segmentBytesMax / SMALL_SHARE)
                .map(List::of)
                .orElse(List.of());
    }

    private static Optional<CompactionTask> fromLevel(
            Levels levels, int level, DamagedSegments damaged) {
        Optional<Segment> best = Optional.empty();
        double least = Double.MAX_VALUE;
        for (Segment segment : levels.level(level)) {
            double cost = (double) bytesBelow(levels, level, segment) / segment.file().bytes();
            if (cost < least && canGoDown(levels, level, segment, damaged)) {
                least = cost;
                best = Optional.of(segment);
            }
        }
        Optional<CompactionTask> room =
                best.isPresent() && least > 0 && NewKeys.areMost(levels, level)
                        ? room(levels, level + 1, below(levels, level, best.get()), damaged)
                        : Optional.empty();
        Optional<Segment> chosen = best;
        return room.or(() -> chosen.map(segment -> down(levels, level, segment)));
    }

    /** Whether neither a segment nor what it would be merged with is damaged. */
    static boolean canGoDown(Levels levels, int level, Segment segment, DamagedSegments damaged) {
        return damaged.isEmpty()
                || damaged.isUsable(segment)
                        && damaged.areUsable(
                                levels.overlapping(
                                        level + 1, segment.firstKey(), segment.lastKey()));
    }

    /** Takes one segment on to the next level. */
    static CompactionTask down(Levels levels, int level, Segment segment) {
        List<Segment> below = below(levels, level, segment);
        return below.isEmpty()
                ? new Move(segment, level + 1)
                : merge(List.of(List.of(segment)), below, level + 1);
    }

    private static long bytesBelow(Levels levels, int level, Segment segment) {
        return bytes(below(levels, level, segment));
    }

    /** What overlaps with a segment on the next level. */
    private static List<Segment> below(Levels levels, int level, Segment segment) {
        return levels.overlapping(level + 1, segment.firstKey(), segment.lastKey());
    }

    private static Merge merge(List<List<Segment>> runs, List<Segment> below, int level) {
        List<List<Segment>> all = new ArrayList<>(runs);
        if (!below.isEmpty()) {
            all.add(below);
        }
        return new Merge(all, level);
    }
}
