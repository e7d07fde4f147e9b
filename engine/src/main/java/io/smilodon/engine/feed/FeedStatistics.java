package io.smilodon.engine.feed;

/**
 * What the change feeds of a store do.
 *
 * @param open feeds that are open
 * @param batches batches that were delivered since opening
 * @param lag how many numbers of the log the slowest open feed is behind the last visible commit
 * @param oldest the oldest sequence behind which a feed can begin
 */
public record FeedStatistics(int open, long batches, long lag, long oldest) {}
