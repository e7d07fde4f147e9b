package io.smilodon.engine.isolation;

/**
 * What can be wrong with a history (Adya, "Weak consistency", 1999; Cerone and Gotsman, "Analysing
 * snapshot isolation", 2016), and the weakest level that forbids it.
 */
enum Anomaly {
    /** A cycle of overwrites. */
    G0_DIRTY_WRITE(Level.READ_UNCOMMITTED),
    /** A read of what an aborted transaction wrote. */
    G1A_ABORTED_READ(Level.READ_COMMITTED),
    /** A read of what a transaction wrote over itself. */
    G1B_INTERMEDIATE_READ(Level.READ_COMMITTED),
    /** A cycle of overwrites and reads. */
    G1C_CIRCULAR_INFORMATION(Level.READ_COMMITTED),
    /** A value that nobody wrote, or that is there twice. */
    GARBAGE(Level.READ_COMMITTED),
    /** Two reads of a key that no order of its versions explains. */
    INCOMPATIBLE_ORDER(Level.READ_COMMITTED),
    /** A committed write that is gone. */
    LOST_WRITE(Level.READ_COMMITTED),
    /** A transaction that does not see its own writes, or does not see the same twice. */
    INTERNAL(Level.SNAPSHOT),
    /** Two transactions that read one version and both wrote over it. */
    LOST_UPDATE(Level.SNAPSHOT),
    /** A cycle with one read of an old version: read skew. */
    G_SINGLE(Level.SNAPSHOT),
    /** A cycle in which no two such reads follow each other: readers disagree about an order. */
    LONG_FORK(Level.SNAPSHOT),
    /** A cycle through the order of a session or of real time: a stale read. */
    STALE(Level.SNAPSHOT),
    /** Any cycle with reads of old versions: write skew. */
    G2_ITEM(Level.SERIALIZABLE),
    /** A predicate that changed under its reader. */
    PHANTOM(Level.SERIALIZABLE),
    /** A cycle that needs both real time and reads of old versions next to each other. */
    G2_REAL_TIME(Level.SERIALIZABLE),
    /** Operations on one key that no order explains. */
    NOT_LINEARIZABLE(Level.SNAPSHOT);

    private final Level level;

    Anomaly(Level level) {
        this.level = level;
    }

    boolean isForbiddenAt(Level promised) {
        return level.compareTo(promised) <= 0;
    }
}
