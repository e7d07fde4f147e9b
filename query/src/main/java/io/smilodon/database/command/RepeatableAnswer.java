package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.TransactionSettings;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The answer of a {@code findAndModify} that its sender may send again, because it has a session
 * and a number: the write takes effect once and is answered as it was the first time, also after
 * the server has been killed. {@link KeptResults} does the same for many writes.
 *
 * <pre>
 * {answer: {…}, new: whether it has the document as it became, op: kind}
 * </pre>
 *
 * @param invocation the command
 * @param name of the write among all: session, number and statement
 * @see <a
 *     href="https://github.com/mongodb/specifications/blob/master/source/retryable-writes/retryable-writes.md">Retryable
 *     writes</a>
 */
record RepeatableAnswer(Invocation invocation, String name) {

    private static final String ANSWER = "answer";
    private static final String IS_AFTER = "new";

    /** That of a command, if it may be sent again and does not belong to a transaction. */
    static Optional<RepeatableAnswer> of(Invocation invocation) {
        Optional<Long> id = StatementIds.of(invocation, 1).at(0);
        return SessionFields.repeatable(invocation.general())
                .filter(name -> id.isPresent())
                .map(name -> new RepeatableAnswer(invocation, name + ":" + id.get()));
    }

    /**
     * Carries the command out, or tells what it was answered.
     *
     * @throws SmilodonException {@code IncompleteTransactionHistory} (217) if that was large and is
     *     not kept any more; 40606 to 40612 if what was written under the number is not what this
     *     command asks for
     */
    Document get(Function<DocumentCollection, Document> work) {
        TransactionSettings settings =
                TransactionSettings.DEFAULTS.withWrite(WriteConcern.options(invocation.body()));
        Document kept =
                invocation
                        .context()
                        .database()
                        .writeOnce(
                                name,
                                settings,
                                invocation.collectionName(),
                                own -> kept(work.apply(invocation.bypassing(own))));
        return answer(kept);
    }

    private Document kept(Document answer) {
        Document kept =
                Document.builder().put(ANSWER, answer).put(IS_AFTER, asks(IS_AFTER)).build();
        return WrittenKind.of(answer, asks("remove")).with(kept);
    }

    private boolean asks(String option) {
        return invocation.body().flag(option, false);
    }

    /** As the result of one write of several, for who asks for that under the same number. */
    static WriteResult asResult(Document kept) {
        Document answer = (Document) kept.get(ANSWER);
        Value upserted = ((Document) answer.get("lastErrorObject")).get("upserted");
        boolean isUpsert = WrittenKind.in(kept) == WrittenKind.INSERTED;
        return new WriteResult.Done(
                new WriteOutcome(
                        isUpsert ? 0 : 1,
                        isUpsert ? 0 : 1,
                        isUpsert ? Optional.of(upserted) : Optional.empty()));
    }

    /** The answer in what was kept, also by another command, if it answers this one. */
    private Document answer(Document kept) {
        WrittenKind kind = WrittenKind.in(kept);
        boolean isAfter = kept.has(ANSWER) && Value.of(true).equals(kept.get(IS_AFTER));
        switch (kind) {
            case DELETED -> {
                check(asks("remove"), 40606, kind);
                check(kept.has(ANSWER), 40607, kind);
            }
            case INSERTED -> {
                check(asks("upsert"), 40608, kind);
                checkKept(kept.has(ANSWER) && asks(IS_AFTER) == isAfter);
            }
            case UPDATED -> {
                boolean isBefore = kept.has(ANSWER) && !isAfter;
                check(!asks(IS_AFTER) || isAfter, 40611, kind);
                check(asks(IS_AFTER) || isBefore, 40612, kind);
            }
            case NOTHING -> check(kept.has(ANSWER), 40609, kind);
        }
        return (Document) kept.get(ANSWER);
    }

    private static void check(boolean isCompatible, int code, WrittenKind kind) {
        if (!isCompatible) {
            throw new SmilodonException(
                    ErrorCode.location(code),
                    "findAndModify retry request is not compatible with previous write in the"
                            + " transaction",
                    Map.of("type", kind.letter()));
        }
    }

    private static void checkKept(boolean isKept) {
        if (!isKept) {
            throw new SmilodonException(
                    ErrorCode.INCOMPLETE_TRANSACTION_HISTORY,
                    "The document of the previous write in the transaction is not kept");
        }
    }
}
