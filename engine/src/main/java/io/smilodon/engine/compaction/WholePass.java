package io.smilodon.engine.compaction;

import io.smilodon.engine.compaction.CompactionTask.Merge;
import io.smilodon.engine.segment.Segment;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * One pass over everything, for who asks for that: all segments go down to the last level, and what
 * is there already is written anew. Each level is emptied of what it holds when its turn comes, so
 * the pass ends although writing goes on.
 *
 * <p>Not thread-safe: owned by the compaction thread, except {@link #isNew}.
 */
final class WholePass {

    private final CompactionPolicy policy;
    private final LongSupplier nextNumber;
    private final Set<Segment> left = new HashSet<>();
    private int level = -1;

    /** Files from this number on are new; none before the pass begins. Any thread may ask. */
    private volatile long numberMin = Long.MAX_VALUE;

    /**
     * A pass that begins with its first step: what is merged until then is old.
     *
     * @param nextNumber gives the number of a file
     */
    WholePass(CompactionPolicy policy, LongSupplier nextNumber) {
        this.policy = policy;
        this.nextNumber = nextNumber;
    }

    boolean isNew(Segment segment) {
        return segment.file().number() >= numberMin;
    }

    /** The next step; empty at the end. */
    Optional<CompactionTask> next(Levels levels, DamagedSegments damaged) {
        if (level < 0) {
            numberMin = nextNumber.getAsLong();
        } else {
            left.retainAll(Set.copyOf(levels.level(level)));
        }
        Optional<CompactionTask> task = level < 0 ? Optional.empty() : task(levels, damaged);
        while (task.isEmpty() && level + 1 < Levels.COUNT) {
            level++;
            left.clear(); // what is damaged stays
            left.addAll(due(levels));
            task = task(levels, damaged);
        }
        return task;
    }

    private List<Segment> due(Levels levels) {
        boolean isOldOnly = level == 0 || isLast(levels);
        return isOldOnly
                ? levels.level(level).stream().filter(Predicate.not(this::isNew)).toList()
                : levels.level(level);
    }

    private Optional<CompactionTask> task(Levels levels, DamagedSegments damaged) {
        if (level == 0) {
            return left.isEmpty() ? Optional.empty() : policy.fromLevelZero(levels, damaged);
        }
        boolean isLast = isLast(levels);
        return left.stream()
                .filter(
                        segment ->
                                isLast
                                        ? damaged.isUsable(segment)
                                        : CompactionPolicy.canGoDown(
                                                levels, level, segment, damaged))
                .findFirst()
                .map(
                        segment ->
                                isLast
                                        ? new Merge(List.of(List.of(segment)), level)
                                        : CompactionPolicy.down(levels, level, segment));
    }

    private boolean isLast(Levels levels) {
        for (int below = level + 1; below < Levels.COUNT; below++) {
            if (!levels.level(below).isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
