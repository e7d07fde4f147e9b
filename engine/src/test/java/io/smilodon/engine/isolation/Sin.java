package io.smilodon.engine.isolation;

/** One thing that a textbook engine gets wrong. */
enum Sin {
    /** Writers of one key do not exclude each other. */
    NO_CONFLICT_CHECK,
    /** A commit is held against what is visible, not against what waits to become so. */
    ONLY_VISIBLE_CONFLICTS,
    /** Reads see what others have not committed yet. */
    DIRTY_READS,
    /** A snapshot may lack what was acknowledged before it. */
    STALE_SNAPSHOTS,
    /** Each read sees the newest state. */
    MOVING_SNAPSHOT,
    /** What was abandoned is written all the same. */
    LOST_ABORTS,
    /** What was acknowledged is sometimes not written. */
    LOST_COMMITS,
    /** The writes of a commit become visible one by one. */
    TORN_COMMITS,
    /** Half of the sessions learn of the other half's commits later than of their own. */
    TWO_SITES,
    /** A transaction reads as if it had written nothing. */
    BLIND_TO_OWN_WRITES,
    /** Every append happens twice now and then. */
    APPLIED_TWICE,
    /** Nothing is checked of what was read. */
    NO_READ_CHECK,
    /** Of what was read only keys are checked, not ranges. */
    NO_RANGE_CHECK,
    /** Of the keys that were read only those are checked that were there. */
    NO_ABSENCE_CHECK
}
