package io.smilodon.database;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.store.IdempotencyKey;
import io.smilodon.engine.store.Isolation;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What the store remembers of the chunks of a request, so that they are known when they come again.
 *
 * @param kept how to know them; without it nothing is remembered
 * @param <R> what becomes of a statement
 */
record ChunkOutcomes<R>(Instance instance, Optional<StatementChunks.Kept<R>> kept) {

    /** Whether what becomes of the statements from here on is remembered. */
    boolean isKept(int first) {
        return name(first).isPresent();
    }

    private Optional<String> name(int first) {
        return kept.flatMap(names -> names.name(first));
    }

    /** Begins the transaction of the chunk from here on. */
    Transaction begin(int first) {
        instance.requireOpen();
        instance.cursors().closeIdle();
        Optional<IdempotencyKey> key =
                name(first)
                        .map(name -> name.getBytes(StandardCharsets.UTF_8))
                        .map(IdempotencyKey::new);
        return instance.store().begin(new TransactionOptions(Isolation.SNAPSHOT, key));
    }

    /** What an earlier transaction of this chunk has left. */
    Optional<List<R>> earlier(Transaction transaction) {
        return transaction
                .earlierOutcome()
                .map(outcome -> kept.orElseThrow().decode(TransactionRuns.answer(outcome)));
    }

    /** Has what became of the chunk committed with it. */
    void keep(int first, Transaction transaction, List<R> results) {
        if (isKept(first)) {
            transaction.keepResult(DocumentCodec.encode(kept.orElseThrow().encode(first, results)));
        }
    }
}
