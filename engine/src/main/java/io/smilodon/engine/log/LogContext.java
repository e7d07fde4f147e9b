package io.smilodon.engine.log;

/**
 * What committing works with.
 *
 * @param options how the log is written
 * @param poison the latch that stops all writing
 * @param clocks what time it is
 * @param times which commit happened when
 */
public record LogContext(LogOptions options, Poison poison, Clocks clocks, CommitTimes times) {}
