package io.smilodon.database.command;

import io.smilodon.engine.value.Document;

/** What became of one write of several. */
sealed interface WriteResult {

    /** It went well. */
    record Done(WriteOutcome outcome) implements WriteResult {}

    /**
     * It failed.
     *
     * @param error as {@link CommandFailure#ofWrite} says it
     */
    record Failed(Document error) implements WriteResult {}
}
