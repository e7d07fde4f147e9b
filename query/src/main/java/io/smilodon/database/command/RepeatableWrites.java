package io.smilodon.database.command;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.DocumentTransaction;
import io.smilodon.database.TransactionSettings;
import io.smilodon.database.WriteFailure;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.Limits;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The writes of a command that its sender may send again, because it has a session and a number:
 * each takes effect once, and is answered as it was the first time, also after the server has been
 * killed. Each write is a transaction of its own, which leaves its outcome under the session, the
 * number and its position in the command.
 *
 * @param invocation the command
 * @param name of the command among all: session and number
 * @see <a
 *     href="https://github.com/mongodb/specifications/blob/master/source/retryable-writes/retryable-writes.md">Retryable
 *     writes</a>
 */
record RepeatableWrites(Invocation invocation, String name) {

    /** Inserts that share a transaction and an outcome. */
    private static final int TOGETHER_MAX = 1000;

    private static final ErrorCode HISTORY_INCOMPLETE =
            new ErrorCode(217, "IncompleteTransactionHistory");

    private static final String COUNT = "n";
    private static final String MODIFIED = "modified";
    private static final String UPSERTED = "upserted";
    private static final String IS_GONE = "isGone";

    /** Room for what the answer is kept in. */
    private static final int ANSWER_BYTES_MAX = Limits.IDEMPOTENT_RESULT_BYTES_MAX - 64;

    /** Those of a command, if it may be sent again and does not belong to a transaction. */
    static Optional<RepeatableWrites> of(Invocation invocation) {
        return SessionFields.repeatable(invocation.general())
                .map(name -> new RepeatableWrites(invocation, name));
    }

    private Document once(int position, Function<DocumentTransaction, Document> work) {
        TransactionSettings settings =
                TransactionSettings.DEFAULTS.withWrite(WriteConcern.options(invocation.body()));
        return invocation
                .context()
                .smilodon()
                .transactionOnce(name + ":" + position, settings, work);
    }

    private DocumentCollection in(DocumentTransaction own, Namespace namespace) {
        DocumentCollection collection =
                own.database(namespace.database()).collection(namespace.collection());
        return invocation.bypassing(collection);
    }

    /**
     * Inserts documents that go into one collection: together, or half of them where that fails,
     * down to a single one whose failure it is; behind it twice as many at a time again.
     *
     * @param first the position of the first in the command
     * @return whether the writes behind them are tried
     */
    boolean insert(WriteBatch batch, Namespace namespace, List<Document> documents, int first) {
        int next = 0;
        int most = TOGETHER_MAX;
        while (next < documents.size()) {
            List<Document> part = documents.subList(next, Math.min(documents.size(), next + most));
            try {
                long count = insert(namespace, part, first + next);
                for (int i = 0; i < count; i++) {
                    batch.report().inserted(first + next + i);
                }
                next += (int) count;
                most = Math.min(2 * most, TOGETHER_MAX);
            } catch (SmilodonException failure) {
                if (part.size() > 1 && WriteFailure.of(failure) == WriteFailure.OWN) {
                    most = part.size() / 2;
                } else if (batch.fail(failure, first + next, part.size())) {
                    next += part.size();
                    most = Math.min(2 * most, TOGETHER_MAX);
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns how many of them have been inserted, now or then. */
    private long insert(Namespace namespace, List<Document> documents, int position) {
        Document outcome =
                once(
                        position,
                        own -> {
                            in(own, namespace).insertMany(documents, true);
                            return Document.of(COUNT, Value.of(documents.size()));
                        });
        return number(outcome, COUNT);
    }

    /** Carries out an update or a deletion. */
    WriteOutcome change(Write write, int position) {
        Namespace namespace = write.collection().namespace();
        Document outcome = once(position, own -> kept(write.in(in(own, namespace)).change()));
        Value upserted = outcome.get(UPSERTED);
        return new WriteOutcome(
                number(outcome, COUNT),
                number(outcome, MODIFIED),
                outcome.has(UPSERTED) ? Optional.of(upserted) : Optional.empty());
    }

    private static Document kept(WriteOutcome outcome) {
        Document counts =
                Document.builder()
                        .put(COUNT, outcome.matchedCount())
                        .put(MODIFIED, outcome.modifiedCount())
                        .build();
        return outcome.upserted().map(id -> counts.with(UPSERTED, id)).orElse(counts);
    }

    private static long number(Document outcome, String name) {
        return outcome.get(name) instanceof NumberValue number ? number.toLong() : 0;
    }

    /**
     * Carries out a command that is a single write. An answer that is too large to be kept is given
     * once only.
     *
     * @throws SmilodonException {@code IncompleteTransactionHistory} (217) for such an answer asked
     *     for again
     */
    Document answer(Function<DocumentCollection, Document> work) {
        Namespace namespace = invocation.collection().namespace();
        Document[] given = {Document.EMPTY};
        Document kept =
                once(
                        0,
                        own -> {
                            given[0] = work.apply(in(own, namespace));
                            return isTooLarge(given[0])
                                    ? Document.of(IS_GONE, Value.of(true))
                                    : given[0];
                        });
        if (!kept.has(IS_GONE)) {
            return kept;
        }
        if (given[0].isEmpty()) {
            throw new SmilodonException(
                            HISTORY_INCOMPLETE,
                            "The command has been carried out, but its answer was too large to be"
                                    + " kept")
                    .withHint("read the document");
        }
        return given[0];
    }

    private static boolean isTooLarge(Document answer) {
        return DocumentCodec.encode(answer).length > ANSWER_BYTES_MAX;
    }
}
