package io.smilodon.engine.store;

import java.util.Optional;

/**
 * How far the archive of log files is.
 *
 * @param copiedFiles files that were copied since opening
 * @param copiedBytes their size
 * @param waitingFiles finished files that are still to be copied
 * @param waitingBytes their size
 * @param lagMillis how old the last commit of the oldest of these is
 * @param failures attempts that failed since opening
 * @param failuresInRow those since the last success
 * @param lastFailure what the last one met, while {@code failuresInRow} is not 0
 */
public record ArchiveStatistics(
        long copiedFiles,
        long copiedBytes,
        int waitingFiles,
        long waitingBytes,
        long lagMillis,
        long failures,
        int failuresInRow,
        Optional<String> lastFailure) {

    static final ArchiveStatistics NONE =
            new ArchiveStatistics(0, 0, 0, 0, 0, 0, 0, Optional.empty());
}
