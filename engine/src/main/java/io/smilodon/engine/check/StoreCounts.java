package io.smilodon.engine.check;

/**
 * How much a check has read.
 *
 * @param files files of the store
 * @param bytes their length
 * @param segments segments that the manifest names
 * @param blocks good blocks of entries
 * @param entries entries in them
 * @param logs files of the log
 * @param frames good frames in them
 * @param commits whole commits in them
 */
public record StoreCounts(
        long files,
        long bytes,
        long segments,
        long blocks,
        long entries,
        long logs,
        long frames,
        long commits) {}
