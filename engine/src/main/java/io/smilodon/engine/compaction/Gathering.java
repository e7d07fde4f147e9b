package io.smilodon.engine.compaction;

import io.smilodon.engine.segment.Segment;
import java.util.Optional;

/**
 * Merging so that reads ask fewer segments, although no level is over its size: level 0 is emptied
 * of what it holds, or levels below are merged into one.
 *
 * <p>Not thread-safe: owned by the compaction thread, except {@link #isWanted}.
 */
final class Gathering {

    /** What is merged in the time that reading a block loses because there are others to read. */
    private static final int BYTES_PER_READ = 64;

    private final CompactionPolicy policy;
    private final SegmentStore store;
    private final DamagedSegments damaged;
    private Levels looked = Levels.EMPTY;
    private long scatteredBytes;
    private long readsBefore;
    private volatile boolean isWanted;

    /** The newest commit that was on disk when it was asked for. */
    private long newest;

    Gathering(CompactionPolicy policy, SegmentStore store, DamagedSegments damaged) {
        this.policy = policy;
        this.store = store;
        this.damaged = damaged;
    }

    /** Whether reads would ask fewer segments if level 0 were emptied, or levels merged. */
    boolean isPossible(Levels levels) {
        if (looked != levels) {
            long ofZero = policy.scatteredBytes(levels, damaged);
            scatteredBytes = ofZero > 0 ? ofZero : policy.gatheredBytes(levels, damaged);
            readsBefore = store.blocksRead();
            looked = levels;
        }
        return scatteredBytes > 0;
    }

    /**
     * Asks for it, when it is quiet, if level 0 is full of new keys, or of what nothing is known
     * of, and no more come, or if there have been so many reads since the segments are those that
     * they have lost as much time as the merge will take.
     */
    void askIfWorthwhile(Levels levels) {
        if (isPossible(levels)
                && (policy.isSlowToRead(levels)
                        || (store.blocksRead() - readsBefore) * BYTES_PER_READ >= scatteredBytes)) {
            isWanted = true;
            newest = levels.maxSequence();
        }
    }

    /** Whether it was asked for and is not done. */
    boolean isWanted() {
        return isWanted;
    }

    /** Its next step. Below level 0 one merge is enough: that for another must be read first. */
    Optional<CompactionTask> next(Levels levels) {
        Optional<CompactionTask> task = Optional.empty();
        if (isWanted && isLeft(levels)) {
            task = policy.fromLevelZero(levels, damaged);
        } else if (isWanted && levels == looked) {
            task = policy.gathered(levels, damaged).map(merge -> merge);
        }
        isWanted = task.isPresent();
        return task;
    }

    /** Whether level 0 still has some of it: what has come since follows its own rule. */
    private boolean isLeft(Levels levels) {
        return policy.scatteredBytes(levels, damaged) > 0
                && levels.level(0).stream()
                        .map(Segment::file)
                        .anyMatch(file -> file.minSequence() <= newest);
    }
}
