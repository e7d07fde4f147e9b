package io.smilodon.engine.compaction;

import java.util.List;

/**
 * What compaction has done since opening, and what there is now.
 *
 * @param merges merges that were installed
 * @param moves segments that went to the next level as they were
 * @param drops segments that were given up unread because all their keys were retired
 * @param bytesIn bytes read for merges, also for those that failed
 * @param bytesOut bytes written by merges, also by those that failed
 * @param failures steps that failed
 * @param failuresInRow steps that failed since the last one that succeeded
 * @param isRunning whether a step is under way
 * @param waitedNanos how long the rate limit held merges up
 * @param damaged the files of segments that could not be read for a merge, and are left out
 * @param hiddenShare guess of the part of the versions in segments that newer ones hide: 0 to 1
 * @param levels every level
 */
public record CompactionStatistics(
        long merges,
        long moves,
        long drops,
        long bytesIn,
        long bytesOut,
        long failures,
        long failuresInRow,
        boolean isRunning,
        long waitedNanos,
        List<String> damaged,
        double hiddenShare,
        List<LevelStatistics> levels) {}
