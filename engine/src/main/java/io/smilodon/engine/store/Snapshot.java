package io.smilodon.engine.store;

/** The state of the store after one commit; it never changes. Thread-safe. Close it. */
public interface Snapshot extends ReadView, AutoCloseable {

    /** The last commit that this snapshot contains. */
    long sequence();

    /** Whether it shows commits only, not also what a transaction has written but not committed. */
    default boolean isCommitted() {
        return true;
    }

    @Override
    void close();
}
