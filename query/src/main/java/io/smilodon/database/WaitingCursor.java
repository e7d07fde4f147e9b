package io.smilodon.database;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;

/**
 * A cursor whose reader is away.
 *
 * @param owner who may read it on
 * @param progress how far it has been read
 */
record WaitingCursor(ParkedCursor cursor, CursorOwner owner, CursorProgress progress) {

    /** When it was read last. */
    long sinceMillis() {
        return progress.accessedMillis();
    }

    /** In its place, what tells its reader why it does not go on. */
    WaitingCursor ended(SmilodonException why) {
        return new WaitingCursor(
                new EndedCursor(cursor.source(), cursor.planSummary(), why), owner, progress);
    }

    /** As {@code $currentOp} lists it. */
    Document shown() {
        DocumentBuilder shown =
                Document.builder()
                        .put("type", "idleCursor")
                        .put("host", Host.NAME)
                        .put("ns", cursor.source());
        owner.user()
                .ifPresent(user -> shown.put("effectiveUsers", ArrayValue.of(user.toDocument())));
        if (!cursor.planSummary().isEmpty()) {
            shown.put("planSummary", cursor.planSummary());
        }
        return shown.put("cursor", progress.shown().build()).build();
    }
}
