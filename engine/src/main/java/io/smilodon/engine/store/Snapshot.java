package io.smilodon.engine.store;

/** The state of the store after one commit; it never changes. Thread-safe. Close it. */
public interface Snapshot extends ReadView, AutoCloseable {

    /** The last commit that this snapshot contains. */
    long sequence();

    @Override
    default long snapshotSequence() {
        return sequence();
    }

    @Override
    void close();
}
