package io.smilodon.engine.log;

import java.util.function.LongSupplier;

/**
 * What time it is, in two ways.
 *
 * @param nanos only goes forward; measures how long something takes
 * @param wallMillis milliseconds since 1970, which may jump; never decides an order
 */
public record Clocks(LongSupplier nanos, LongSupplier wallMillis) {

    public static final Clocks REAL = new Clocks(System::nanoTime, System::currentTimeMillis);
}
