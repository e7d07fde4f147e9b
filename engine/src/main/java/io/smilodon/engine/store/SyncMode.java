package io.smilodon.engine.store;

import io.smilodon.engine.log.Forcing;

/**
 * When a commit is forced to disk, in rising order; all modes survive the death of the process. A
 * single write may ask for more than the store's mode, never for less.
 */
public enum SyncMode {
    /** When files are rotated or closed. */
    NONE(Forcing.LATER),
    /** In the background, within an interval. */
    INTERVAL(Forcing.SOON),
    /** Before it is acknowledged and visible. */
    SYNC(Forcing.NOW);

    private final Forcing forcing;

    SyncMode(Forcing forcing) {
        this.forcing = forcing;
    }

    static SyncMode of(Forcing forcing) {
        return values()[forcing.ordinal()];
    }

    Forcing forcing() {
        return forcing;
    }
}
