package io.smilodon.engine.segment;

/**
 * The cache of blocks.
 *
 * @param hits blocks that were found in it since opening
 * @param misses blocks that had to be read from disk
 * @param bytes what it holds
 * @param bytesMax what it may hold
 */
public record CacheStatistics(long hits, long misses, long bytes, long bytesMax) {}
