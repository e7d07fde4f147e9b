package io.smilodon.index;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.IndexKey;
import java.util.Optional;

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

    /**
     * Moves on and hands on the next entries, as a page: for those who read many. Once it has been
     * asked for, nothing but other pages may be.
     *
     * @param part of the keys; a number in all of them, always the same part
     * @return empty at the end
     */
    default Optional<IdPage> page(int part) {
        NumberedIds found = new NumberedIds();
        ByteSpan id = new ByteSpan();
        while (found.hasRoom() && advance()) {
            id(id);
            found.add(id, number(part));
        }
        return found.count() == 0 ? Optional.empty() : Optional.of(found.collected());
    }

    /** Entries looked at so far, those outside the bounds included. */
    long keysExamined();

    @Override
    void close();
}
