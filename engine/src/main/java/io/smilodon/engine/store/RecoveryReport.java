package io.smilodon.engine.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What opening a store found and did.
 *
 * @param isClean whether the store had been closed, so that there was nothing to recover
 * @param earlierMode how the earlier run forced commits to disk
 * @param replayedCommits commits that were read from the log
 * @param lastSequence the last commit that is there
 * @param tornTail where the log was cut, if it did not end with a whole frame or batch
 * @param possibleLoss what may be missing though it had been acknowledged; empty if nothing is
 */
public record RecoveryReport(
        boolean isClean,
        SyncMode earlierMode,
        long replayedCommits,
        long lastSequence,
        Optional<TornTail> tornTail,
        Optional<PossibleLoss> possibleLoss) {

    /**
     * The unsynced end of a log, as a stop in the middle of writing leaves it.
     *
     * @param file the log file
     * @param offset where the good part ends
     * @param lsn the first frame that was lost
     * @param bytes from there to the end of what was written
     * @param lastLsn the last frame that is known to have been lost
     */
    public record TornTail(String file, long offset, long lsn, long bytes, long lastLsn) {}

    /**
     * What can be known about acknowledged commits that are gone: if only the process died, there
     * are none. If the machine did, then those after the last one that is there, and no older ones
     * than those that had not been synced when it stopped.
     *
     * @param afterSequence the last commit that is there
     * @param afterTime when that one was committed
     * @param millisMax how long before the stop the oldest lost one was committed at most, not
     *     counting the time that one sync takes; empty if there is no such bound
     */
    public record PossibleLoss(long afterSequence, Instant afterTime, OptionalLong millisMax) {}
}
