package io.smilodon.index;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.IndexKey;

/**
 * A walk over the entries of an index inside its bounds. Starts before the first entry. A document
 * whose fields are arrays may come several times: the caller drops ids that it has seen. Not
 * thread-safe. Close it: it holds files open.
 */
public interface IndexCursor extends AutoCloseable {

    /** Moves to the next entry inside the bounds; false at the end. */
    boolean advance();

    /**
     * Leaves out what follows the current entry with the same values in its first parts: the next
     * {@link #advance} goes to the first entry behind all of those.
     *
     * @param parts how many, 1 or more; the index holds no keys that are cut
     */
    void skipAlike(int parts);

    /** The encoded {@code _id} of the entry's document; not to be changed. */
    byte[] idKey();

    /** Points a span at the same, where it lies if it can, until the cursor moves. */
    default void id(ByteSpan span) {
        span.set(idKey());
    }

    /**
     * The entry's key with the exact types that were indexed.
     *
     * @throws IllegalStateException if the entry {@link #isCut}: its values are not in the index
     */
    IndexKey key();

    /** One value of {@link #key}. */
    default Value key(int part) {
        return key().value(part);
    }

    /** One value of {@link #key}, which is a number: for those who read many. */
    default double number(int part) {
        return ((NumberValue) key(part)).toDouble();
    }

    /**
     * Whether the entry's key was too long and is held only in part. Its document may lie outside
     * the bounds and has to be checked.
     */
    boolean isCut();

    /**
     * One value of {@link #key} if it is a positive number, rounded down to a double, without
     * building it; NaN for any other.
     */
    double floor(int part);

    /** Who takes what {@link #forEach} reads. */
    @FunctionalInterface
    interface Taker {

        /**
         * Takes what is told of an entry.
         *
         * @param id points at the encoded {@code _id} of its document until this returns
         * @param number one value of its key
         * @return whether to go on
         */
        boolean take(ByteSpan id, double number);
    }

    /**
     * Moves to one entry after the other as long as they are taken: for those of which there are
     * many.
     *
     * @param part of the keys; a number in all of them
     * @return whether all entries that were left have been taken
     */
    default boolean forEach(int part, Taker taker) {
        ByteSpan id = new ByteSpan();
        while (advance()) {
            id(id);
            if (!taker.take(id, number(part))) {
                return false;
            }
        }
        return true;
    }

    /** Entries looked at so far, those outside the bounds included. */
    long keysExamined();

    @Override
    void close();
}
