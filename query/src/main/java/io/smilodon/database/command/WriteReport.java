package io.smilodon.database.command;

import io.smilodon.engine.value.Document;

/** Takes down what became of each of several writes, by their positions. */
interface WriteReport {

    void inserted(int index);

    void updated(int index, WriteOutcome outcome);

    void deleted(int index, WriteOutcome outcome);

    /**
     * @param write what failed
     * @param error as {@link CommandFailure#ofWrite} says it
     */
    void failed(int index, Write write, Document error);
}
