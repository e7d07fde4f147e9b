package io.smilodon.engine.store;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.KeyPage;
import io.smilodon.engine.entry.KeyPageReader;
import io.smilodon.engine.entry.KeyTails;
import java.util.Optional;

/**
 * A walk over the keys of a range, one snapshot for life. Starts before the first key. Not
 * thread-safe. Close it: it holds files open.
 */
public interface KeyCursor extends AutoCloseable {

    /** Moves to the next key; false at the end. */
    boolean advance();

    /**
     * Moves on and hands on the next keys, as a page. Once it has been asked for, nothing but other
     * pages may be.
     *
     * @return empty at the end
     */
    default <P extends KeyPage> Optional<P> page(KeyPageReader<P> reader) {
        KeyTails tails = reader.begin();
        ByteSpan key = new ByteSpan();
        while (tails.hasRoom() && advance()) {
            key(key);
            tails.add(key);
        }
        return tails.count() == 0 ? Optional.empty() : Optional.of(reader.page());
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
