package io.smilodon.database;

import java.util.Optional;

/**
 * What a conditional write of one document did.
 *
 * @param outcome what happened
 * @param document the document as it is stored now; empty if there is none
 */
public record ConditionalWriteResult(Outcome outcome, Optional<VersionedDocument> document) {

    /** What can happen to a conditional write. */
    public enum Outcome {
        /** There was no such document; now there is. */
        CREATED,
        /** The document was written anew. */
        REPLACED,
        /** The document was already as asked; nothing was written. */
        UNCHANGED,
        /** The document is gone. */
        DELETED,
        /** There is no such document, and nothing was written. */
        NOT_FOUND,
        /** The stored document is not as the precondition asked; nothing was written. */
        PRECONDITION_FAILED
    }
}
