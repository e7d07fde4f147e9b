package io.smilodon.database;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;

/**
 * What is left of a cursor that cannot go on, until its reader comes back: the reason.
 *
 * @param source what was read, as {@code database.collection}
 * @param planSummary how it was read, in one line
 */
record EndedCursor(String source, String planSummary, SmilodonException why)
        implements ParkedCursor {

    /**
     * Never.
     *
     * @throws SmilodonException always: the reason
     */
    @Override
    public boolean hasNext() {
        throw why;
    }

    @Override
    public Document next() {
        throw why;
    }

    @Override
    public void unread(Document document) {
        throw why;
    }

    @Override
    public boolean hasMore() {
        throw why;
    }

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public void interrupt(SmilodonException reason) {
        // Its reader fails anyway.
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
