package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import java.time.Clock;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The sessions of MongoDB's clients, each with the transaction or the write that it began last. A
 * session needs no registration: what a client says in its name is enough. One that nobody uses
 * within the idle time is forgotten; its transaction has been aborted long before. What comes while
 * another transaction or write of the session is at work waits for it. Thread-safe.
 */
public final class SessionRegistry {

    /** How long a session is remembered. */
    public static final long IDLE_MILLIS_MAX = 30 * 60_000;

    /** Sessions that are remembered at a time. */
    public static final int COUNT_MAX = 100_000;

    private static final ErrorCode TRANSACTION_TOO_OLD = new ErrorCode(225, "TransactionTooOld");
    private static final ErrorCode TOO_MANY = new ErrorCode(261, "TooManyLogicalSessions");

    /** Those that have said a number, the longest unused first. Guarded by this. */
    private final Map<BinaryValue, Session> sessions = new LinkedHashMap<>();

    private final TransactionRegistry transactions;
    private final SessionTurns turns;
    private final Clock clock;

    SessionRegistry(TransactionRegistry transactions, Instance instance) {
        this.transactions = transactions;
        this.turns = new SessionTurns(instance::requireOpen);
        this.clock = instance.options().clock();
    }

    /**
     * @param number of the last transaction or write
     * @param transaction its id in the registry of transactions; empty for a write that may come
     *     again
     */
    private record Session(long number, Optional<String> transaction, long usedMillis) {

        Session usedAt(long millis) {
            return new Session(number, transaction, millis);
        }
    }

    /**
     * Runs one statement of a transaction, the first of which begins it. Any failure aborts it, one
     * that refuses what does not belong into a transaction too.
     *
     * @throws SmilodonException {@code TransactionTooOld} if the session has a newer one, {@code
     *     ConflictingOperationInProgress} for beginning the same again, {@code NoSuchTransaction}
     *     or {@code TransactionCommitted} for one that does not go on
     */
    public <T> T run(SessionStatement statement, Function<DocumentTransaction, T> work) {
        return labelled(() -> turns.take(statement.session(), () -> runInTurn(statement, work)));
    }

    private <T> T runInTurn(SessionStatement statement, Function<DocumentTransaction, T> work) {
        String id =
                statement
                        .start()
                        .map(settings -> begin(statement, settings))
                        .orElseGet(() -> find(statement));
        try {
            return transactions.use(id, own -> own.access().statement(() -> work.apply(own)));
        } catch (SmilodonException failure) {
            if (failure.code().equals(ErrorCode.OPERATION_NOT_SUPPORTED_IN_TRANSACTION)) {
                transactions.abandon(id);
            }
            throw failure;
        }
    }

    /**
     * Commits the transaction. If it has been committed already, also by an earlier run, that is
     * all there is to do.
     */
    public void commit(SessionStatement statement, WriteOptions options) {
        try {
            turns.take(
                    statement.session(),
                    () -> {
                        commitOnce(statement, options);
                        return statement;
                    });
        } catch (SmilodonException failure) {
            throw ErrorLabels.ofSessionCommit(failure);
        }
    }

    private void commitOnce(SessionStatement statement, WriteOptions options) {
        try {
            transactions.use(find(statement), own -> own.commit(options));
        } catch (SmilodonException failure) {
            boolean isUnknown = failure.code().equals(ErrorCode.NO_SUCH_TRANSACTION);
            if (!isUnknown || !transactions.isCommitted(statement.outcomeName())) {
                throw failure;
            }
        }
    }

    /**
     * Carries out a write that has the session's next number, or that comes again; a transaction of
     * a lower number is aborted.
     *
     * @throws SmilodonException {@code TransactionTooOld} if the session has gone on since, {@code
     *     IncompleteTransactionHistory} if the number is that of a transaction
     */
    public <T> T write(BinaryValue id, long number, Supplier<T> work) {
        try {
            return turns.take(
                    id,
                    () -> {
                        checkNoTransaction(new SessionStatement(id, number, Optional.empty()));
                        note(id, number);
                        return work.get();
                    });
        } catch (SmilodonException failure) {
            throw ErrorLabels.ofNamedWrite(failure);
        }
    }

    /** The store is asked only where it alone may know: of a session that is not remembered. */
    private void checkNoTransaction(SessionStatement asked) {
        Optional<Session> last;
        synchronized (this) {
            last = Optional.ofNullable(sessions.get(asked.session()));
        }
        boolean isTransaction =
                last.map(known -> known.number == asked.number() && known.transaction.isPresent())
                        .orElseGet(() -> transactions.isCommitted(asked.outcomeName()));
        if (isTransaction) {
            throw new SmilodonException(
                    ErrorCode.INCOMPLETE_TRANSACTION_HISTORY,
                    "Cannot retry a retryable write that has been converted into a transaction",
                    Map.of("number", asked.number()));
        }
    }

    private synchronized void note(BinaryValue id, long number) {
        forgetIdle();
        Optional<Session> before = Optional.ofNullable(sessions.get(id));
        before.ifPresent(session -> checkNotOlder(number, session));
        if (before.isPresent() && before.get().number == number) {
            put(id, before.get().usedAt(clock.millis()));
        } else if (before.isPresent() || sessions.size() < COUNT_MAX) {
            before.flatMap(Session::transaction).ifPresent(transactions::abandon);
            put(id, new Session(number, Optional.empty(), clock.millis()));
        }
    }

    /** Aborts the transaction, which must go on. */
    public void abort(SessionStatement statement) {
        labelled(
                () ->
                        turns.take(
                                statement.session(),
                                () -> {
                                    String id = find(statement);
                                    transactions.abort(id);
                                    return id;
                                }));
    }

    private static <T> T labelled(Supplier<T> work) {
        try {
            return work.get();
        } catch (SmilodonException failure) {
            throw ErrorLabels.ofSession(failure);
        }
    }

    private synchronized String begin(SessionStatement statement, TransactionSettings settings) {
        forgetIdle();
        Optional<Session> before = Optional.ofNullable(sessions.get(statement.session()));
        before.ifPresent(session -> checkNew(statement.number(), session));
        if (before.isEmpty() && sessions.size() >= COUNT_MAX && !forgetWriter()) {
            throw new SmilodonException(
                    TOO_MANY,
                    "Unable to add session because the number of active sessions is too high",
                    Map.of("limit", COUNT_MAX));
        }
        before.flatMap(Session::transaction).ifPresent(transactions::abandon);
        String id = transactions.begin(settings, statement.outcomeName());
        put(statement.session(), new Session(statement.number(), Optional.of(id), clock.millis()));
        return id;
    }

    /** Makes room by the longest unused session that only writes; returns whether there is any. */
    private boolean forgetWriter() {
        Iterator<Session> all = sessions.values().iterator();
        while (all.hasNext()) {
            if (all.next().transaction.isEmpty()) {
                all.remove();
                return true;
            }
        }
        return false;
    }

    private static void checkNew(long number, Session before) {
        if (number == before.number) {
            throw new SmilodonException(
                    ErrorCode.CONFLICTING_OPERATION_IN_PROGRESS,
                    "Cannot start a transaction with the number of the session's last one",
                    Map.of("number", number));
        }
        checkNotOlder(number, before);
    }

    private static void checkNotOlder(long number, Session session) {
        if (number < session.number) {
            throw new SmilodonException(
                    TRANSACTION_TOO_OLD,
                    "Cannot start transaction on session because a newer transaction has already"
                            + " started",
                    Map.of("number", number, "newer", session.number));
        }
    }

    /** The id of the transaction, which has begun. */
    private synchronized String find(SessionStatement statement) {
        forgetIdle();
        Optional<Session> session = Optional.ofNullable(sessions.get(statement.session()));
        session.ifPresent(found -> checkNotOlder(statement.number(), found));
        Session found =
                session.filter(last -> last.number == statement.number())
                        .orElseThrow(() -> noTransaction(statement));
        put(statement.session(), found.usedAt(clock.millis()));
        return found.transaction.orElseThrow(() -> noTransaction(statement));
    }

    private static SmilodonException noTransaction(SessionStatement statement) {
        SmilodonException error =
                new SmilodonException(
                        ErrorCode.NO_SUCH_TRANSACTION,
                        "Given transaction number does not match any in-progress transactions",
                        Map.of("number", statement.number()));
        return ErrorLabels.ofStatement(error);
    }

    private void put(BinaryValue id, Session session) {
        sessions.remove(id);
        sessions.put(id, session);
    }

    private void forgetIdle() {
        long oldest = clock.millis() - IDLE_MILLIS_MAX;
        Iterator<Session> all = sessions.values().iterator();
        while (all.hasNext() && all.next().usedMillis < oldest) {
            all.remove();
        }
    }

    /** Remembers these sessions for longer. */
    public synchronized void refresh(Collection<BinaryValue> ids) {
        for (BinaryValue id : ids) {
            Optional.ofNullable(sessions.get(id))
                    .ifPresent(session -> put(id, session.usedAt(clock.millis())));
        }
    }

    /** Forgets these sessions, and aborts what they have begun. */
    public synchronized void end(Collection<BinaryValue> ids) {
        for (BinaryValue id : ids) {
            Optional.ofNullable(sessions.remove(id))
                    .flatMap(Session::transaction)
                    .ifPresent(transactions::abandon);
        }
    }

    /** Those that have begun a transaction or written under a number and are not forgotten. */
    public synchronized List<BinaryValue> all() {
        forgetIdle();
        return List.copyOf(sessions.keySet());
    }
}
