package io.smilodon.engine.store;

import java.util.Optional;

/**
 * What opening a store found and did.
 *
 * @param replayedCommits commits that were read from the log
 * @param tornTail where the log was cut, if it did not end with a whole frame or batch
 */
public record RecoveryReport(long replayedCommits, Optional<TornTail> tornTail) {

    /**
     * The unsynced end of a log, as a stop in the middle of writing leaves it.
     *
     * @param file the log file
     * @param offset where the good part ends
     * @param lsn the first frame that was lost
     */
    public record TornTail(String file, long offset, long lsn) {}
}
