package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.store.TransactionRunner.Done;
import io.smilodon.query.exec.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A transaction that goes on over several statements. A statement that fails aborts it, as in
 * MongoDB; one that is refused because it does not belong into a transaction leaves it alone, but
 * {@link SessionRegistry} aborts then. One thread at a time: a second one is refused, not made to
 * wait.
 */
final class TransactionAccess implements Access {

    private static final Set<ErrorCode> REFUSALS =
            Set.of(
                    ErrorCode.CONFLICTING_OPERATION_IN_PROGRESS,
                    ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION);

    /** How far it has come. */
    private enum State {
        ACTIVE,
        COMMITTED,
        ABORTED,
        UNKNOWN
    }

    private final Instance instance;
    private final boolean isOneRequest;
    private final ReentrantLock turn = new ReentrantLock();

    /** Reads whose cursors were closed, perhaps by a thread that does not have the turn. */
    private final Queue<OpenRead> closed = new ConcurrentLinkedQueue<>();

    private final List<CollectionWriter> writers = new ArrayList<>();
    private final List<DocumentCursor> cursors = new ArrayList<>();
    private volatile State state = State.ACTIVE;

    /** Whether whoever is at work with it leaves it aborted. */
    private volatile boolean isGivenUp;

    /** Let go at the end: many that have ended are remembered, their writes need not be. */
    private Optional<Transaction> open;

    private Optional<SmilodonException> unknown = Optional.empty();
    private long sequence;

    /** A transaction of a user. */
    TransactionAccess(Instance instance, Transaction transaction) {
        this(instance, transaction, false);
    }

    /**
     * As above.
     *
     * @param isOneRequest whether nobody asked for a transaction: it only serves to do what one
     *     request asks for as a whole
     */
    TransactionAccess(Instance instance, Transaction transaction, boolean isOneRequest) {
        this.instance = instance;
        this.isOneRequest = isOneRequest;
        this.open = Optional.of(transaction);
        if (!isOneRequest) {
            instance.activity().transactionStarted();
        }
    }

    // ---- One after the other

    /**
     * Makes this thread the one that uses the transaction.
     *
     * @throws SmilodonException {@code ConflictingOperationInProgress} if another one does
     */
    void enter() {
        if (turn.tryLock()) {
            return;
        }
        if (state == State.ABORTED) {
            turn.lock(); // who aborts it is about to leave
        } else {
            throw new SmilodonException(
                            ErrorCode.CONFLICTING_OPERATION_IN_PROGRESS,
                            "Another operation of this transaction is in progress")
                    .withHint("send one request of a transaction at a time");
        }
    }

    void leave() {
        try {
            closeReads();
            if (isGivenUp && turn.getHoldCount() == 1) {
                end(State.ABORTED);
            }
        } finally {
            turn.unlock();
        }
        if (isGivenUp && isActive()) { // it was given up just now
            abortIfIdle();
        }
    }

    private void closeReads() {
        for (OpenRead read = closed.poll(); read != null; read = closed.poll()) {
            read.close();
        }
    }

    @Override
    public <T> T statement(Supplier<T> operation) {
        enter();
        try {
            requireActive();
            return instance.statement(operation);
        } catch (SmilodonException failure) {
            if (!REFUSALS.contains(failure.code())) {
                end(State.ABORTED);
            }
            throw ErrorLabels.ofStatement(failure);
        } catch (RuntimeException | Error bug) {
            end(State.ABORTED);
            throw bug;
        } finally {
            leave();
        }
    }

    /** Refuses to go on after the end. */
    void requireActive() {
        instance.requireOpen();
        switch (state) {
            case ACTIVE -> {}
            case COMMITTED ->
                    throw new SmilodonException(
                            ErrorCode.TRANSACTION_COMMITTED, "Transaction has been committed");
            case UNKNOWN ->
                    throw new SmilodonException(
                            ErrorCode.TRANSACTION_COMMITTED,
                            "Transaction may have been committed: that is not known");
            case ABORTED ->
                    throw new SmilodonException(
                            ErrorCode.NO_SUCH_TRANSACTION, "Transaction has been aborted");
        }
    }

    // ---- Its end

    boolean isActive() {
        return state == State.ACTIVE;
    }

    /** Commits; again if it is committed already. What is unknown stays unknown. */
    long commit(WriteOptions options) {
        enter();
        try {
            if (unknown.isPresent()) {
                throw unknown.get();
            }
            if (state != State.COMMITTED) {
                requireActive();
                commitActive(options);
            }
            return sequence;
        } finally {
            leave();
        }
    }

    private void commitActive(WriteOptions options) {
        closeCursors();
        try {
            sequence = transaction().commit(options.atLeast());
            state = State.COMMITTED;
            if (transaction().earlierOutcome().isEmpty()) { // else it was another that wrote
                writers.forEach(instance::written);
            }
        } catch (SmilodonException failure) {
            SmilodonException labelled = ErrorLabels.ofCommit(failure);
            if (failure.code().equals(ErrorCode.COMMIT_UNKNOWN)) {
                unknown = Optional.of(labelled);
                end(State.UNKNOWN);
            }
            throw labelled;
        } finally {
            end(State.ABORTED);
        }
    }

    /** Aborts, unless it has ended already. */
    void abort() {
        enter();
        try {
            end(State.ABORTED);
        } finally {
            leave();
        }
    }

    /** Aborts, as soon as nobody is at work with it. */
    void giveUp() {
        isGivenUp = true;
        abortIfIdle();
    }

    /** Aborts unless somebody is at work with it. */
    void abortIfIdle() {
        if (!turn.isHeldByCurrentThread() && turn.tryLock()) {
            try {
                end(State.ABORTED);
            } finally {
                leave();
            }
        }
    }

    private void end(State outcome) {
        if (state == State.ACTIVE) {
            state = outcome;
        }
        closeCursors();
        writers.clear();
        if (open.isPresent() && !isOneRequest) {
            instance.activity().transactionEnded(state == State.COMMITTED);
        }
        open.ifPresent(Transaction::close);
        open = Optional.empty();
    }

    private Transaction transaction() {
        return open.orElseThrow(() -> new AssertionError("the transaction has ended"));
    }

    private void closeCursors() {
        for (DocumentCursor cursor : cursors) {
            cursor.kill(
                    new SmilodonException(
                            ErrorCode.NO_SUCH_TRANSACTION,
                            "The transaction that the cursor reads in has ended"));
        }
        cursors.clear();
    }

    // ---- Statements

    @Override
    public Instance instance() {
        return instance;
    }

    @Override
    public Snapshot snapshot() {
        return transaction().view();
    }

    @Override
    public <T> Done<T> write(long millisMax, Function<Transaction, Attempt<T>> work) {
        return new Done<>(work.apply(transaction()).result(), 0);
    }

    @Override
    public void written(CollectionWriter writer) {
        writers.add(writer);
    }

    @Override
    public boolean isWhole() {
        return true;
    }

    @Override
    public long estimate(CollectionEntry entry, ReadView view) {
        return instance.sizes().guess(entry, view);
    }

    @Override
    public void requireWritable() {
        // It is, as far as the store is.
    }

    /** As in MongoDB. */
    @Override
    public void requireCappedWrites(Namespace namespace) {
        if (!isOneRequest) {
            throw new SmilodonException(
                    ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION,
                    "Collection '"
                            + namespace
                            + "' is a capped collection. Writes in transactions are not allowed on"
                            + " capped collections.",
                    Map.of("namespace", namespace));
        }
    }

    @Override
    public void requireNoTransaction(String stage) {
        if (!isOneRequest) {
            throw new SmilodonException(
                    ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION,
                    "Stage not supported inside of a multi-document transaction: " + stage);
        }
    }

    @Override
    public void requireNewest(String operation) {
        throw new SmilodonException(
                ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION,
                "Operation is not supported inside a transaction",
                Map.of("operation", operation));
    }

    @Override
    public DocumentCursor handOut(DocumentCursor cursor) {
        cursors.removeIf(DocumentCursor::isClosed);
        cursors.add(cursor);
        return cursor;
    }

    @Override
    public boolean advance(Cursor cursor) {
        return statement(cursor::advance);
    }

    /** At once, or as soon as the thread that is at work is done. */
    @Override
    public void close(OpenRead read) {
        closed.add(read);
        if (turn.tryLock()) {
            leave();
        }
    }

    @Override
    public Access with(WriteOptions options) {
        throw notForStatements("writeConcern");
    }

    @Override
    public Access asOf(AsOf time) {
        throw notForStatements("asOf");
    }

    private static SmilodonException notForStatements(String option) {
        return new SmilodonException(
                        ErrorCode.INVALID_OPTIONS,
                        "The option is not allowed for a statement inside a transaction",
                        Map.of("option", option))
                .withHint("durability is asked for when the transaction commits");
    }
}
