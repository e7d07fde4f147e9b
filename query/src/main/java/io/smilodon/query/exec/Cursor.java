package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;

/**
 * A stream of documents. Starts before the first one. Not thread-safe. Closing it closes its
 * inputs.
 */
public interface Cursor extends AutoCloseable {

    /** Moves to the next document; false at the end. */
    boolean advance();

    /** The document that {@link #advance} moved to. */
    Document current();

    /**
     * The same for who does not keep it: it may be a view of what lies around it too, and holds
     * until the next step only.
     */
    default Document passing() {
        return current();
    }

    /**
     * Reads what the first document needs of the input, as {@link #advance} would. Who calls it on
     * cursors in a row, from the first to the last, needs no deeper stack the more there are.
     */
    default void prepare() {}

    @Override
    void close();
}
