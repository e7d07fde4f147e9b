package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.TransactionSettings;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import java.util.Optional;
import java.util.function.Function;

/**
 * The answer of a command that is a single write and that its sender may send again, because it has
 * a session and a number: the write takes effect once and is answered as it was the first time,
 * also after the server has been killed. {@link KeptResults} does the same for many writes.
 *
 * @param invocation the command
 * @param name of the command among all: session and number
 * @see <a
 *     href="https://github.com/mongodb/specifications/blob/master/source/retryable-writes/retryable-writes.md">Retryable
 *     writes</a>
 */
record RepeatableAnswer(Invocation invocation, String name) {

    /** That of a command, if it may be sent again and does not belong to a transaction. */
    static Optional<RepeatableAnswer> of(Invocation invocation) {
        return SessionFields.repeatable(invocation.general())
                .map(name -> new RepeatableAnswer(invocation, name));
    }

    /**
     * Carries the command out, or tells what it was answered.
     *
     * @throws SmilodonException {@code IncompleteTransactionHistory} (217) if that was large and is
     *     not kept any more
     */
    Document get(Function<DocumentCollection, Document> work) {
        TransactionSettings settings =
                TransactionSettings.DEFAULTS.withWrite(WriteConcern.options(invocation.body()));
        return invocation
                .context()
                .smilodon()
                .transactionOnce(
                        name + ":0",
                        settings,
                        invocation.collection().namespace(),
                        own -> work.apply(invocation.bypassing(own)));
    }
}
