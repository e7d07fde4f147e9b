package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;

/**
 * Puts a document in the place of another, which keeps its {@code _id}.
 *
 * @param document what to store; its {@code _id}, if it has one, must equal the one there
 */
public record Replacement(Document document) implements Update {

    @Override
    public Document apply(Document before, UpdateContext context) {
        Document after = withId(before.get(DocumentRules.ID));
        return after.equals(before) ? before : after;
    }

    /** The document to store under an {@code _id}, which stands first in it. */
    Document withId(Value id) {
        Value own = document.get(DocumentRules.ID);
        if (id == Missing.INSTANCE) {
            return document;
        }
        if (own != Missing.INSTANCE && !ValueOrder.equal(own, id)) {
            throw new SmilodonException(
                    ErrorCode.IMMUTABLE_FIELD,
                    "The _id field cannot be changed by a replacement document");
        }
        return DocumentRules.withIdFirst(document, id);
    }
}
