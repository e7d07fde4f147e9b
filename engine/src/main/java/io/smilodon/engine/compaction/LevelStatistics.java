package io.smilodon.engine.compaction;

/**
 * One level of segments.
 *
 * @param level 0 for flushed segments
 * @param segmentCount its segments
 * @param bytes their size
 */
public record LevelStatistics(int level, int segmentCount, long bytes) {}
