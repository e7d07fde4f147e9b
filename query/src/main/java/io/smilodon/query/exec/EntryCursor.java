package io.smilodon.query.exec;

import io.smilodon.index.key.IndexKey;
import io.smilodon.query.predicate.Predicate;

/**
 * A stream of index entries: keys and the documents they lead to. Starts before the first one. Not
 * thread-safe. Closing it closes its inputs.
 */
interface EntryCursor extends AutoCloseable {

    /** Moves to the next entry; false at the end. */
    boolean advance();

    /** The encoded {@code _id} of the current entry's document; not to be changed. */
    byte[] id();

    /** What is left of a filter to ask of the document, as the current entry may prove some. */
    default Predicate unproven(Predicate filter) {
        return filter;
    }

    /** The key of the current entry. */
    IndexKey key();

    @Override
    void close();
}
