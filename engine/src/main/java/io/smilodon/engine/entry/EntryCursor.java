package io.smilodon.engine.entry;

/**
 * A walk over the keys of one table, with the newest version of each that the scan may see,
 * removals included. Starts before the first key. Not thread-safe.
 */
public interface EntryCursor extends AutoCloseable {

    /** Moves to the next key; false at the end. */
    boolean advance();

    /** The current key; never changes afterwards. */
    byte[] key();

    /** The hash of the current key, with seed 0. */
    default long keyHash() {
        return KeyHash.of(key(), 0);
    }

    /** The commit that wrote the current version. */
    long sequence();

    boolean isRemoval();

    /** The current value; not to be asked for at a removal. */
    byte[] value();

    /**
     * Points a span at the current value, where it lies if it can: for who does not keep it, which
     * would keep what lies around it too.
     */
    default void value(ByteSpan span) {
        span.set(value());
    }

    @Override
    void close();
}
