package io.smilodon.engine.log;

import java.util.List;

/**
 * What the log has done since opening.
 *
 * @param bytes bytes of commits that were appended, without frames
 * @param groups groups of commits that were written together
 * @param commits commits in those groups
 * @param syncs times the log was forced to disk
 * @param syncNanos how long that took, all together
 * @param syncLatencies how many syncs took at most so long, in rising order
 */
public record LogStatistics(
        long bytes,
        long groups,
        long commits,
        long syncs,
        long syncNanos,
        List<Bucket> syncLatencies) {

    public LogStatistics {
        syncLatencies = List.copyOf(syncLatencies);
    }

    /**
     * A step of the distribution.
     *
     * @param nanosMax the longest time that counts
     * @param count how many took no longer
     */
    public record Bucket(long nanosMax, long count) {}

    /** A time that this share of the syncs did not exceed; a bound from above. */
    public long syncNanosAt(double share) {
        return syncLatencies.stream()
                .filter(bucket -> bucket.count() >= share * syncs)
                .mapToLong(Bucket::nanosMax)
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }
}
