package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;

/** No documents. */
final class EmptyCursor implements Cursor {

    @Override
    public boolean advance() {
        return false;
    }

    @Override
    public Document current() {
        throw new AssertionError("no document");
    }

    @Override
    public void close() {}
}
