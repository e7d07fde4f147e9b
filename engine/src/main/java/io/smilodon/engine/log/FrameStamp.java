package io.smilodon.engine.log;

/**
 * A frame's place in order and time.
 *
 * @param lsn its number
 * @param durableLsn the highest number known to be on disk when it was written
 * @param millis when its batch was committed; 0 where that means nothing
 */
public record FrameStamp(long lsn, long durableLsn, long millis) {}
