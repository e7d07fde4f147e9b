package io.smilodon.engine.testing;

/** What a power loss leaves of everything that had not been synced. */
public enum CrashPolicy {
    /** Nothing. */
    DROP_ALL,
    /** Everything, as when only the process dies. */
    KEEP_ALL,
    /** Any sector and any directory operation or not, in any combination: all that POSIX allows. */
    POSIX_RANDOM,
    /** Everything but some sectors of the last write. */
    TORN_LAST,
    /** Everything up to some operation, nothing after it. */
    PREFIX
}
