package io.smilodon.engine.log;

import java.util.function.BooleanSupplier;

/**
 * Waiting without giving up the processor, for as long as waking a thread would take. Stateless.
 */
final class BriefWait {

    /** On a single processor nobody else could bring about what is waited for. */
    static final boolean PAYS = Runtime.getRuntime().availableProcessors() > 1;

    private static final long NANOS = 20_000;
    private static final int LOOKS_PER_CLOCK = 32;

    private BriefWait() {}

    /** Whether the condition came true in time. */
    static boolean until(BooleanSupplier condition) {
        if (!PAYS) {
            return condition.getAsBoolean();
        }
        long end = System.nanoTime() + NANOS;
        do {
            for (int look = 0; look < LOOKS_PER_CLOCK; look++) {
                if (condition.getAsBoolean()) {
                    return true;
                }
                Thread.onSpinWait();
            }
        } while (System.nanoTime() < end);
        return false;
    }
}
