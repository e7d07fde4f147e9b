package io.smilodon.rest;

import io.smilodon.database.ConditionalWriteResult;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.VersionedDocument;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import java.util.Optional;

/** JSON merge patch: what the patch names is set, what it sets to null is removed (RFC 7396). */
final class MergePatch {

    private MergePatch() {}

    /** Merges into the stored document, again and again until nobody wrote in between. */
    static ConditionalWriteResult apply(
            DocumentCollection collection, Value id, Document patch, Precondition precondition) {
        while (true) {
            Optional<VersionedDocument> stored = collection.findById(id);
            if (stored.isEmpty()) {
                return new ConditionalWriteResult(
                        ConditionalWriteResult.Outcome.NOT_FOUND, Optional.empty());
            }
            if (!precondition.holds(VersionedDocument.versionOf(stored))) {
                return new ConditionalWriteResult(
                        ConditionalWriteResult.Outcome.PRECONDITION_FAILED, stored);
            }
            ConditionalWriteResult result =
                    collection.replaceById(
                            id,
                            merged(stored.get().document(), patch),
                            Precondition.version(stored.get().version()));
            if (result.outcome() != ConditionalWriteResult.Outcome.PRECONDITION_FAILED) {
                return result;
            }
        }
    }

    static Document merged(Document target, Document patch) {
        Document result = target;
        for (Field field : patch) {
            result =
                    field.value() instanceof NullValue
                            ? result.without(field.name())
                            : result.with(field.name(), mergedField(result, field));
        }
        return result;
    }

    private static Value mergedField(Document target, Field field) {
        if (!(field.value() instanceof Document patch)) {
            return field.value();
        }
        Document inner =
                target.get(field.name()) instanceof Document present ? present : Document.EMPTY;
        return merged(inner, patch);
    }
}
