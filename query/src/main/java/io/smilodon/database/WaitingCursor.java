package io.smilodon.database;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;

/**
 * A cursor whose reader is away.
 *
 * @param owner who may read it on
 * @param sinceMillis when it was read last
 */
record WaitingCursor(ParkedCursor cursor, CursorOwner owner, long sinceMillis) {

    /** In its place, what tells its reader why it does not go on. */
    WaitingCursor ended(SmilodonException why) {
        return new WaitingCursor(
                new EndedCursor(cursor.source(), cursor.planSummary(), why), owner, sinceMillis);
    }

    /** As {@code $currentOp} lists it. */
    Document shown(String id) {
        Document shown =
                Document.builder()
                        .put("cursorId", Long.parseUnsignedLong(id, 16))
                        .put("planSummary", cursor.planSummary())
                        .put("lastAccessDate", new DateValue(sinceMillis))
                        .build();
        return Document.builder()
                .put("type", "idleCursor")
                .put("host", Host.NAME)
                .put("ns", cursor.source())
                .put("cursor", shown)
                .build();
    }
}
