package io.smilodon.engine.store;

/** When a commit is forced to disk; all modes survive the death of the process. */
public enum SyncMode {
    /** Before it is acknowledged and visible. */
    SYNC,
    /** In the background, within an interval. */
    INTERVAL,
    /** When files are rotated or closed. */
    NONE
}
