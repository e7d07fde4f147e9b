package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Optional;

/**
 * The document that was changed.
 *
 * @param value the document before or after, as asked; empty if there was none
 * @param updatedExisting whether a document matched
 * @param upsertedId the {@code _id} of the document that was inserted instead
 */
public record FindAndModifyResult(
        Optional<Document> value, boolean updatedExisting, Optional<Value> upsertedId) {}
