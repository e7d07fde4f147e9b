package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Carries out the statements of one request, many of them in a transaction, so that they share its
 * commit. What comes of it is what comes of one after the other: each sees those before it, a
 * statement that fails leaves nothing of itself and all of the others, and each document that it
 * writes has its event. A crash leaves the first so many of them. Not thread-safe.
 *
 * <p>A chunk ends after 1,000 statements, 8 MiB or a quarter of a second, before a statement that
 * writes what one before it has written, or writes to another capped collection, and before one
 * that cannot share: it creates a collection, writes more than 1,000 documents, or fails after
 * writing something. Where others were faster, or the commit fails, fewer statements are tried,
 * down to a single one, which goes its usual way by itself and fails for itself. Insertions in a
 * row into one collection share a writer.
 *
 * @param <R> what becomes of a statement
 */
public final class StatementChunks<R> {

    private static final int STATEMENTS_MAX = 1_000;

    /** After a conflict so many times fewer are tried. */
    private static final int FEWER = 8;

    /**
     * The statements.
     *
     * @param <R> what becomes of one
     */
    public interface Statements<R> {

        int count();

        /** Whether none is carried out behind one that failed. */
        boolean isOrdered();

        /** The collection that one writes to. */
        Namespace namespace(int position);

        /** Whether one may write many documents, and leave some written where it fails. */
        boolean isMany(int position);

        /** Carries one out, perhaps several times, of which one counts. */
        R run(int position, Function<Namespace, DocumentCollection> collections);

        /** How to carry one out if all it does is to insert; such in a row go faster. */
        default Optional<Insertion<R>> insertion(
                int position, Function<Namespace, DocumentCollection> collections) {
            return Optional.empty();
        }

        /** Carries one out by itself. */
        R alone(int position);

        /** What has become of one that failed. */
        R failed(int position, SmilodonException failure);
    }

    /**
     * A statement that inserts a document.
     *
     * @param result what becomes of the statement when the document is there, by its {@code _id}
     * @param <R> what becomes of a statement
     */
    public record Insertion<R>(
            DocumentCollection collection, Document document, Function<Value, R> result) {

        private boolean isInto(DocumentCollection other) {
            return collection.namespace().equals(other.namespace());
        }
    }

    /**
     * How to know statements again that were carried out before, by an outcome for each chunk.
     *
     * @param <R> what becomes of a statement
     */
    public interface Kept<R> {

        /**
         * Of the outcome of the statements from a position on, the same whatever they ask for;
         * empty for a statement that is not to be known again.
         */
        Optional<String> name(int first);

        /** Whether each statement is known by itself, so that none share an outcome. */
        default boolean isEach() {
            return false;
        }

        Document encode(int first, List<R> results);

        List<R> decode(Document outcome);
    }

    /**
     * What is asked for.
     *
     * @param options how durable each statement must be
     * @param kept what is to be remembered of them; without it nothing
     * @param nanoClock tells how long they take
     */
    record Request<R>(
            Statements<R> statements,
            WriteOptions options,
            Optional<Kept<R>> kept,
            LongSupplier nanoClock) {}

    private final Smilodon smilodon;
    private final Instance instance;
    private final Statements<R> statements;
    private final WriteOptions options;
    private final LongSupplier nanoClock;
    private final ChunkOutcomes<R> outcomes;

    /** Never more than this. */
    private final int chunkMax;

    private int statementsMax;

    StatementChunks(Smilodon smilodon, Instance instance, Request<R> request) {
        this.smilodon = smilodon;
        this.instance = instance;
        this.statements = request.statements;
        this.options = request.options;
        this.nanoClock = request.nanoClock;
        this.outcomes = new ChunkOutcomes<>(instance, request.kept);
        this.chunkMax = request.kept.filter(Kept::isEach).isPresent() ? 1 : STATEMENTS_MAX;
        this.statementsMax = chunkMax;
    }

    /**
     * Carries out some statements, at least one, or finds that they have been.
     *
     * @param first the position of the first
     * @return what became of each; where that is a failure and they are ordered, there is no next
     * @throws SmilodonException the failure of the whole request; see {@link WriteFailure}
     */
    public List<R> run(int first) {
        try {
            List<R> results =
                    instance.cappedTurns().take(statements.namespace(first), () -> chunk(first));
            int left = Math.min(chunkMax, statements.count() - first);
            return results.size() > left ? results.subList(0, left) : results;
        } catch (SmilodonException failure) {
            throw outcomes.isKept(first) ? ErrorLabels.ofNamedWrite(failure) : failure;
        }
    }

    private List<R> chunk(int first) {
        Known known = new Known(Math.min(statements.count(), first + statementsMax));
        while (known.to > first + 1) {
            known.isNew = false;
            try {
                List<R> results = attempt(first, known);
                if (!known.isNew) {
                    statementsMax = Math.min(2 * statementsMax, chunkMax);
                    return results;
                }
            } catch (SmilodonException failure) {
                if (WriteFailure.of(failure) == WriteFailure.FATAL) {
                    throw failure;
                }
                statementsMax = Math.max(1, (known.to - first) / FEWER);
                known = new Known(first + statementsMax);
            }
        }
        statementsMax = Math.min(2 * statementsMax, chunkMax);
        return outcomes.isKept(first) ? aloneOnce(first) : List.of(alone(first));
    }

    private static boolean isConflict(SmilodonException failure) {
        return failure.code().equals(ErrorCode.WRITE_CONFLICT)
                || failure.code().equals(ErrorCode.SNAPSHOT_TOO_OLD);
    }

    /** What the attempts at a chunk have found. */
    private static final class Known {

        /** The position after the last statement that can be in the same transaction. */
        int to;

        /** Whether the last attempt was given up for it. */
        boolean isNew;

        Known(int to) {
            this.to = to;
        }

        /**
         * @param isGivenUp whether the attempt cannot be committed as far as it has come
         */
        void endBefore(int position, boolean isGivenUp) {
            to = position;
            isNew = isGivenUp;
        }
    }

    /**
     * @param known is added to when there is something to know, and the attempt given up
     */
    private List<R> attempt(int first, Known known) {
        try (Transaction transaction = outcomes.begin(first)) {
            Optional<List<R>> earlier = outcomes.earlier(transaction);
            if (earlier.isPresent()) {
                return earlier.get();
            }
            ChunkAccess access = access(transaction, true);
            Attempt attempt = new Attempt(first, access, known);
            attempt.run();
            return known.isNew ? List.of() : commit(first, transaction, access, attempt.results);
        }
    }

    private ChunkAccess access(Transaction transaction, boolean isShared) {
        return new ChunkAccess(smilodon, instance, transaction, isShared, nanoClock);
    }

    /** Whether another is to be waited for, which is not done in the middle of a transaction. */
    private boolean isTurnDue(int position) {
        return instance.cappedTurns().isDue(statements.namespace(position));
    }

    private List<R> commit(
            int first, Transaction transaction, ChunkAccess access, List<R> results) {
        outcomes.keep(first, transaction, results);
        transaction.commit(options.atLeast());
        Optional<List<R>> earlier = outcomes.earlier(transaction);
        if (earlier.isEmpty()) { // else it was another that wrote
            access.committed();
        }
        return earlier.orElse(results);
    }

    /** The statements of one transaction. */
    private final class Attempt {

        private final int first;
        private final ChunkAccess access;
        private final Known known;
        private final List<R> results = new ArrayList<>();
        private boolean goesOn = true;

        Attempt(int first, ChunkAccess access, Known known) {
            this.first = first;
            this.access = access;
            this.known = known;
        }

        void run() {
            while (!isOver()) {
                Optional<Insertion<R>> insertion = insertion();
                if (insertion.isEmpty() || !insert(insertion.get().collection())) {
                    step(() -> statements.run(next(), access::collection));
                }
            }
        }

        private int next() {
            return first + results.size();
        }

        /** Never before the first: however long it takes to come to it, there must be one. */
        private boolean isOver() {
            return !goesOn
                    || next() >= known.to
                    || (next() > first && (access.isFull() || isTurnDue(next())));
        }

        private Optional<Insertion<R>> insertion() {
            return statements.insertion(next(), access::collection);
        }

        /**
         * Carries out the insertions into a collection that follow, by one writer.
         *
         * @return false if none was tried, since the collection cannot be written to as it is
         */
        private boolean insert(DocumentCollection collection) {
            boolean[] isTried = {false};
            try {
                Consumer<Function<Document, Value>> work =
                        writer -> {
                            isTried[0] = true;
                            insert(collection, writer);
                        };
                access.perform(() -> collection.inserts().insertEach(work));
            } catch (ChunkEnd end) {
                return isTried[0];
            } catch (SmilodonException failure) {
                if (isConflict(failure)) {
                    throw failure;
                }
                if (isTried[0] && !known.isNew) { // it was not the failure of a statement
                    known.endBefore(first + results.size() / FEWER, true);
                }
                goesOn &= !isTried[0];
            }
            return isTried[0];
        }

        private void insert(DocumentCollection collection, Function<Document, Value> writer) {
            Optional<Insertion<R>> next = insertion();
            while (next.isPresent() && next.get().isInto(collection)) {
                Insertion<R> insertion = next.get();
                step(() -> insertion.result.apply(writer.apply(insertion.document)));
                next = isOver() ? Optional.empty() : insertion();
            }
        }

        private void step(Supplier<R> work) {
            access.begin();
            int position = next();
            try {
                OperationScope.checkCurrent();
                results.add(work.get());
            } catch (ChunkEnd end) {
                endBefore(position, access.isTouched());
            } catch (SmilodonException failure) {
                if (isConflict(failure)) {
                    throw failure;
                }
                boolean isOwn = SteppedWrites.isOfStep(failure) && !statements.isMany(position);
                if (isOwn && !access.isTouched()) {
                    results.add(statements.failed(position, failure));
                    goesOn = !statements.isOrdered();
                } else {
                    endBefore(position, access.isTouched() || isEnd(failure));
                }
            }
        }

        private void endBefore(int position, boolean isLost) {
            known.endBefore(position, isLost || results.isEmpty());
            goesOn = false;
        }
    }

    /** Whether the transaction has ended with it. */
    private static boolean isEnd(SmilodonException failure) {
        return failure.code().equals(ErrorCode.TRANSACTION_EXCEEDED_LIFETIME);
    }

    private R alone(int position) {
        try {
            OperationScope.checkCurrent();
            return statements.alone(position);
        } catch (SmilodonException failure) {
            return failed(position, failure);
        }
    }

    private R failed(int position, SmilodonException failure) {
        if (WriteFailure.of(failure) != WriteFailure.OWN) {
            throw failure;
        }
        return statements.failed(position, failure);
    }

    /** A failure is remembered too, so that what is known begins behind it again. */
    private List<R> aloneOnce(int position) {
        try {
            OperationScope.checkCurrent();
            return again(position, access -> statements.run(position, access::collection));
        } catch (SmilodonException failure) {
            R failed = failed(position, failure);
            return again(position, access -> failed);
        }
    }

    private List<R> again(int position, Function<ChunkAccess, R> work) {
        Supplier<List<R>> attempt =
                () -> {
                    try (Transaction transaction = outcomes.begin(position)) {
                        Optional<List<R>> earlier = outcomes.earlier(transaction);
                        if (earlier.isPresent()) {
                            return earlier.get();
                        }
                        ChunkAccess access = access(transaction, false);
                        return commit(position, transaction, access, List.of(work.apply(access)));
                    }
                };
        return instance.transactions().again(0, StatementChunks::isConflict, attempt);
    }
}
