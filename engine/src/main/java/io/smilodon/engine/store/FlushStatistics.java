package io.smilodon.engine.store;

/**
 * What flushing has done since opening, and how long writers had to wait.
 *
 * @param flushes memtables that became segments
 * @param bytesOut bytes of those segments
 * @param failures attempts that failed
 * @param isRunning whether one is under way
 * @param waiting memtables that wait
 * @param stalls commits that had to wait for flushing or merging
 * @param stalledNanos how long they waited, all together
 */
public record FlushStatistics(
        long flushes,
        long bytesOut,
        long failures,
        boolean isRunning,
        int waiting,
        long stalls,
        long stalledNanos) {}
