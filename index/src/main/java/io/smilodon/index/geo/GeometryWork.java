package io.smilodon.index.geo;

import java.util.function.LongConsumer;

/**
 * Counts the work that geometries take, for whoever watches over it: shapes of many edges take long
 * to read and to compare. Each thread has a count of its own. Thread-safe.
 */
public final class GeometryWork {

    /** A look at an edge takes less than a look at a value. */
    private static final int EDGES_PER_STEP = 4;

    private static final ThreadLocal<LongConsumer> TOLD =
            ThreadLocal.withInitial(() -> steps -> {});

    private GeometryWork() {}

    /**
     * Tells somebody from now on of the work of this thread.
     *
     * @param told gets numbers of steps, each about a look at one value; ends the work by throwing
     */
    public static void tell(LongConsumer told) {
        TOLD.set(told);
    }

    /** Says that so many edges or points are looked at. */
    static void take(int edges) {
        TOLD.get().accept(1 + edges / EDGES_PER_STEP);
    }
}
