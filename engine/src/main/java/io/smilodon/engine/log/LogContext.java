package io.smilodon.engine.log;

import java.util.function.LongSupplier;

/**
 * What the log thread works with.
 *
 * @param options how the log is written
 * @param poison the latch that stops all writing
 * @param nanoClock a clock that only goes forward
 */
public record LogContext(LogOptions options, Poison poison, LongSupplier nanoClock) {}
