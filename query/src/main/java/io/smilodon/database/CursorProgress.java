package io.smilodon.database;

import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;

/**
 * How far a cursor has been read.
 *
 * @param id its name: hexadecimal digits
 * @param accessedMillis when a batch of it was read last, in milliseconds since 1970
 * @param documents how many it has handed out
 * @param batches in how many batches
 */
record CursorProgress(
        String id, CursorOrigin origin, long accessedMillis, long documents, long batches) {

    static CursorProgress begin(String id, CursorOrigin origin) {
        return new CursorProgress(id, origin, origin.createdMillis(), 0, 0);
    }

    /** The same behind another batch. */
    CursorProgress behind(int count, long nowMillis) {
        return new CursorProgress(id, origin, nowMillis, documents + count, batches + 1);
    }

    /** The name as a number, as clients know it. */
    long number() {
        return Long.parseUnsignedLong(id, 16);
    }

    /** As {@code $currentOp} tells of it. */
    DocumentBuilder shown() {
        DocumentBuilder shown = Document.builder().put("cursorId", number());
        origin.put(shown);
        return shown.put("lastAccessDate", new DateValue(accessedMillis))
                .put("nDocsReturned", documents)
                .put("nBatchesReturned", batches);
    }
}
