package io.smilodon.database;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;

/**
 * A cursor whose reader is away.
 *
 * @param owner who may read it on
 * @param sinceMillis when it was read last
 */
record WaitingCursor(ParkedCursor cursor, CursorOwner owner, long sinceMillis) {

    /** Its reader is back. */
    CursorReading reading() {
        return new CursorReading(cursor, owner);
    }

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
        DocumentBuilder told =
                Document.builder()
                        .put("type", "idleCursor")
                        .put("host", Host.NAME)
                        .put("ns", cursor.source());
        owner.user()
                .ifPresent(user -> told.put("effectiveUsers", ArrayValue.of(user.toDocument())));
        return told.put("cursor", shown).build();
    }
}
