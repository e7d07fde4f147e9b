package io.smilodon.engine.isolation;

/** What an engine promises; each level forbids what those before it forbid, and more. */
enum Level {
    READ_UNCOMMITTED,
    READ_COMMITTED,
    /** Snapshot isolation whose snapshots contain all that was acknowledged before. */
    SNAPSHOT,
    /** Strict serializability: one order, which keeps to real time. */
    SERIALIZABLE
}
