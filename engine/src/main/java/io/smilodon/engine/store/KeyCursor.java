package io.smilodon.engine.store;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.KeyTails;

/**
 * A walk over the keys of a range, one snapshot for life. Starts before the first key. Not
 * thread-safe. Close it: it holds files open.
 */
public interface KeyCursor extends AutoCloseable {

    /** Moves to the next key; false at the end. */
    boolean advance();

    /**
     * Moves on as long as there is room, and adds the keys. After it the cursor is on no key, but
     * goes on from there.
     *
     * @return false at the end
     */
    default boolean fill(KeyTails tails) {
        ByteSpan key = new ByteSpan();
        while (tails.hasRoom()) {
            if (!advance()) {
                return false;
            }
            key(key);
            tails.add(key);
        }
        return true;
    }

    /** The current key; not to be changed. */
    byte[] key();

    /** Points a span at the current key, where it lies if it can, until the cursor moves. */
    default void key(ByteSpan span) {
        span.set(key());
    }

    /** The current value; not to be changed. */
    byte[] value();

    /**
     * Points a span at the current value, where it lies if it can: for who does not keep it, which
     * would keep what lies around it too.
     */
    default void value(ByteSpan span) {
        span.set(value());
    }

    /** The version that wrote the current value. */
    long version();

    @Override
    void close();
}
