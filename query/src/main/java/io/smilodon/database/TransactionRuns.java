package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.CommittedOutcome;
import io.smilodon.engine.store.IdempotencyKey;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionOptions;
import io.smilodon.engine.value.Document;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Begins transactions, and runs functions in them until they go through. Thread-safe. */
final class TransactionRuns {

    private final Smilodon smilodon;
    private final Instance instance;

    TransactionRuns(Smilodon smilodon, Instance instance) {
        this.smilodon = smilodon;
        this.instance = instance;
    }

    DocumentTransaction begin(TransactionSettings settings) {
        Transaction stored = begin(settings, Optional.empty());
        return transaction(settings, new TransactionAccess(instance, stored));
    }

    /**
     * Begins a transaction that can be asked for by its name when it is committed.
     *
     * @throws SmilodonException {@code ConflictingOperationInProgress} if one of this name has been
     *     committed
     */
    DocumentTransaction begin(TransactionSettings settings, IdempotencyKey name) {
        Transaction stored = begin(settings, Optional.of(name));
        if (stored.earlierOutcome().isPresent()) {
            stored.close();
            throw new SmilodonException(
                    ErrorCode.CONFLICTING_OPERATION_IN_PROGRESS,
                    "Cannot start a transaction that has been committed already");
        }
        return transaction(settings, new TransactionAccess(instance, stored));
    }

    /** Whether a transaction that began with this name has written something and is committed. */
    boolean isCommitted(IdempotencyKey name) {
        instance.requireOpen();
        return instance.store().outcome(name).isPresent();
    }

    private Transaction begin(TransactionSettings settings, Optional<IdempotencyKey> key) {
        instance.requireOpen();
        instance.cursors().closeIdle();
        return instance.store().begin(new TransactionOptions(settings.isolation(), key));
    }

    private DocumentTransaction transaction(
            TransactionSettings settings, TransactionAccess access) {
        return new DocumentTransaction(smilodon, access, settings.write());
    }

    <T> T run(TransactionSettings settings, Function<DocumentTransaction, T> work) {
        return again(
                settings,
                () -> {
                    try (DocumentTransaction transaction = begin(settings)) {
                        T result = work.apply(transaction);
                        if (transaction.isActive()) {
                            transaction.commit();
                        }
                        return result;
                    }
                });
    }

    Document once(
            String requestId,
            TransactionSettings settings,
            Function<DocumentTransaction, Document> work) {
        IdempotencyKey key = new IdempotencyKey(requestId.getBytes(StandardCharsets.UTF_8));
        try {
            return again(settings, () -> attemptOnce(key, settings, work));
        } catch (SmilodonException failure) {
            throw ErrorLabels.ofNamedWrite(failure);
        }
    }

    Document once(
            String requestId,
            TransactionSettings settings,
            Namespace written,
            Function<DocumentCollection, Document> work) {
        Function<DocumentTransaction, Document> inside =
                own ->
                        work.apply(
                                own.database(written.database()).collection(written.collection()));
        return instance.cappedTurns().take(written, () -> once(requestId, settings, inside));
    }

    private Document attemptOnce(
            IdempotencyKey key,
            TransactionSettings settings,
            Function<DocumentTransaction, Document> work) {
        try (Transaction stored = begin(settings, Optional.of(key));
                DocumentTransaction transaction =
                        transaction(settings, new TransactionAccess(instance, stored, true))) {
            if (stored.earlierOutcome().isPresent()) {
                return answer(stored.earlierOutcome().get());
            }
            Document answer = work.apply(transaction);
            if (!transaction.isActive()) {
                return answer;
            }
            keep(stored, answer);
            transaction.commit();
            return stored.earlierOutcome().map(TransactionRuns::answer).orElse(answer);
        }
    }

    private static void keep(Transaction stored, Document answer) {
        try {
            stored.keepResult(DocumentCodec.encode(answer));
        } catch (SmilodonException failure) {
            throw failure.code().equals(ErrorCode.OBJECT_TOO_LARGE)
                    ? failure.withHint("send fewer documents with one request id")
                    : failure;
        }
    }

    /**
     * What was kept of a transaction that is committed.
     *
     * @throws SmilodonException {@code IncompleteTransactionHistory} (217) if it was large and has
     *     given way to newer ones
     */
    static Document answer(CommittedOutcome outcome) {
        if (outcome.result().length == 0) {
            throw new SmilodonException(
                            ErrorCode.INCOMPLETE_TRANSACTION_HISTORY,
                            "The request has been carried out, but its answer is not kept any more")
                    .withHint("read the documents");
        }
        return DocumentCodec.decode(outcome.result());
    }

    private <T> T again(TransactionSettings settings, Supplier<T> attempt) {
        return instance.transactions()
                .again(
                        settings.millisMax(),
                        failure -> failure.labels().contains(ErrorLabels.TRANSIENT),
                        attempt);
    }
}
