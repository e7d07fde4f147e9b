package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Optional;

/**
 * What one write did to one document.
 *
 * @param before the document that matched
 * @param after the document that is stored now
 * @param isModified whether they differ
 */
record Change(Optional<StoredDocument> before, Optional<Document> after, boolean isModified) {

    /** Nothing matched, nothing was done. */
    static final Change NONE = new Change(Optional.empty(), Optional.empty(), false);

    static Change inserted(Document after) {
        return new Change(Optional.empty(), Optional.of(after), true);
    }

    static Change replaced(StoredDocument before, Document after) {
        return new Change(Optional.of(before), Optional.of(after), true);
    }

    static Change unchanged(StoredDocument same) {
        return new Change(Optional.of(same), Optional.of(same.document()), false);
    }

    static Change deleted(StoredDocument before) {
        return new Change(Optional.of(before), Optional.empty(), true);
    }

    boolean isInsert() {
        return before.isEmpty() && after.isPresent();
    }

    Optional<Value> upsertedId() {
        return isInsert() ? after.map(document -> document.get("_id")) : Optional.empty();
    }

    UpdateResult toUpdateResult() {
        boolean isMatch = before.isPresent();
        return new UpdateResult(isMatch ? 1 : 0, isMatch && isModified ? 1 : 0, upsertedId());
    }
}
