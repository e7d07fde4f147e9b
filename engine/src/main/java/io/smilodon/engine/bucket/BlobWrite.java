package io.smilodon.engine.bucket;

import java.util.OptionalLong;

/**
 * What a conditional write of a blob did.
 *
 * @param outcome what happened
 * @param version the version of the blob that was written; empty if none was
 */
public record BlobWrite(Outcome outcome, OptionalLong version) {

    /** What can happen to a conditional write. */
    public enum Outcome {
        /** There was no such blob; now there is. */
        CREATED,
        /** The blob was written anew. */
        REPLACED,
        /** The blob is gone. */
        DELETED,
        /** There is no such blob, and nothing was written. */
        NOT_FOUND,
        /** The stored blob is not as the precondition asked; nothing was written. */
        PRECONDITION_FAILED
    }
}
