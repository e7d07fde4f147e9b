package io.smilodon.engine.store;

import io.smilodon.engine.file.SystemRandom;
import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.log.Frame;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What the store takes from the machine besides files, so that tests can give it something else.
 *
 * @param clocks what time it is
 * @param random ids of databases and files
 * @param markDelayNanos how long the log is idle before a frame says that its end is durable
 * @param framePayloadMax largest payload of one frame of the log
 */
record StoreEnvironment(
        Clocks clocks, LongSupplier random, long markDelayNanos, int framePayloadMax) {

    /** With the machine's own wall clock. */
    StoreEnvironment(
            LongSupplier nanoClock, LongSupplier random, long markDelayNanos, int framePayloadMax) {
        this(
                new Clocks(nanoClock, System::currentTimeMillis),
                random,
                markDelayNanos,
                framePayloadMax);
    }

    LongSupplier nanoClock() {
        return clocks.nanos();
    }

    static StoreEnvironment real() {
        return new StoreEnvironment(
                Clocks.REAL,
                SystemRandom::nextLong,
                TimeUnit.MILLISECONDS.toNanos(20),
                Frame.PAYLOAD_BYTES_MAX);
    }
}
