package io.smilodon.engine.entry;

import java.util.Optional;

/**
 * A walk over the keys of one table, with the newest version of each that the scan may see,
 * removals included. Starts before the first key. Not thread-safe.
 */
public interface EntryCursor extends AutoCloseable {

    /** Moves to the next key; false at the end. */
    boolean advance();

    /** Moves to the next key, and tells of it at once; false at the end. */
    default boolean advance(EntryPlace place) {
        boolean hasMore = advance();
        if (hasMore) {
            key(place.key());
            place.set(sequence(), isRemoval());
        }
        return hasMore;
    }

    /**
     * Moves on as long as there is room, and adds the keys that are not removed. After it the
     * cursor is on no entry, but goes on from there.
     *
     * @return false at the end
     */
    default boolean fill(KeyTails tails) {
        ByteSpan key = new ByteSpan();
        while (tails.hasRoom()) {
            if (!advance()) {
                return false;
            }
            if (!isRemoval()) {
                key(key);
                tails.add(key);
            }
        }
        return true;
    }

    /**
     * Moves on and hands on the next keys that are not removed, as a page. Once it has been asked
     * for, nothing but other pages may be.
     *
     * @param isOnFirst whether the cursor stands on the first key, and that belongs to the page
     * @return empty at the end
     */
    default <P extends KeyPage> Optional<P> page(KeyPageReader<P> reader, boolean isOnFirst) {
        KeyTails tails = reader.begin();
        if (isOnFirst && !isRemoval()) {
            ByteSpan key = new ByteSpan();
            key(key);
            tails.add(key);
        }
        fill(tails);
        return tails.count() == 0 ? Optional.empty() : Optional.of(reader.page());
    }

    /** The current key; never changes afterwards. */
    byte[] key();

    /** Points a span at the current key, where it lies if it can, until the cursor moves. */
    default void key(ByteSpan span) {
        span.set(key());
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
