package io.smilodon.engine.store;

/** What a transaction may notice of those that run beside it. */
public enum Isolation {

    /**
     * One state for all reads, and no other writer of the same keys: the first to commit wins. Two
     * transactions that each read what the other writes may both commit (write skew).
     */
    SNAPSHOT,

    /**
     * Also nothing that a writing transaction has read may have changed when it commits: it takes
     * effect at its commit as if it ran there alone. One that writes nothing takes effect at its
     * snapshot.
     */
    SERIALIZABLE
}
