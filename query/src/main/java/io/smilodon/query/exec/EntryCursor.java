package io.smilodon.query.exec;

import io.smilodon.index.key.IndexKey;

/**
 * A stream of index entries: keys and the documents they lead to. Starts before the first one. Not
 * thread-safe. Closing it closes its inputs.
 */
interface EntryCursor extends AutoCloseable {

    /** Moves to the next entry; false at the end. */
    boolean advance();

    /** The encoded {@code _id} of the current entry's document; not to be changed. */
    byte[] id();

    /** The key of the current entry. */
    IndexKey key();

    @Override
    void close();
}
