package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;

/** What a collection that does not exist holds. */
final class NoDocuments implements Cursor {

    @Override
    public boolean advance() {
        return false;
    }

    @Override
    public Document current() {
        throw new IllegalStateException("there is no current document");
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
