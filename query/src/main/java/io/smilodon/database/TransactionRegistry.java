package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.IdempotencyKey;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.security.Caller;
import io.smilodon.security.UserName;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The transactions whose callers come back with one statement after the other. One that nobody uses
 * within the idle time is aborted, at the next use of the registry or by {@link IdleSweep}. What
 * became of those that ended is remembered for a while. Thread-safe.
 */
public final class TransactionRegistry implements AutoCloseable {

    /** Transactions that may be open at a time. */
    public static final int OPEN_COUNT_MAX = 1_000;

    /** The same of one user who has logged in, so that nobody takes all. */
    public static final int OPEN_OF_USER_COUNT_MAX = 500;

    /** How long a transaction waits for its next statement. */
    public static final long IDLE_MILLIS_MAX = 30_000;

    /** How long it is remembered what became of one. */
    private static final long ENDED_MILLIS_MAX = 10 * 60_000;

    private static final int ENDED_COUNT_MAX = 10_000;
    private static final int ID_BYTES = 16;

    /** Those that are open or in use, the longest unused first. Guarded by this. */
    private final Map<String, Entry> open = new LinkedHashMap<>();

    /** Those that have ended, the longest unused first. Guarded by this. */
    private final Map<String, Entry> ended = new LinkedHashMap<>();

    private final TransactionRuns runs;
    private final Clock clock;
    private volatile boolean isClosed;

    TransactionRegistry(TransactionRuns runs, Instance instance) {
        this.runs = runs;
        this.clock = instance.options().clock();
    }

    /**
     * A transaction.
     *
     * @param owner the user who began it; empty where nobody logs in
     */
    private record Entry(
            DocumentTransaction transaction, Optional<UserName> owner, long usedMillis) {}

    /**
     * Begins a transaction.
     *
     * @return its id, which cannot be guessed
     * @throws SmilodonException {@code ExceededMemoryLimit} if there are too many
     */
    public String begin(TransactionSettings settings) {
        return begin(settings, Caller.UNRESTRICTED);
    }

    /** The same of a user, whose own it is: {@link #check} tells it from those of others. */
    public String begin(TransactionSettings settings, Caller caller) {
        return begin(() -> runs.begin(settings), caller);
    }

    /** Begins a transaction that can be asked for by its name when it is committed. */
    String begin(TransactionSettings settings, IdempotencyKey name) {
        return begin(() -> runs.begin(settings, name), OperationScope.permit().caller());
    }

    /** Whether a transaction that began with this name has written something and is committed. */
    boolean isCommitted(IdempotencyKey name) {
        return runs.isCommitted(name);
    }

    private String begin(Supplier<DocumentTransaction> beginning, Caller caller) {
        requireRoom(caller.name());
        String id = HexFormat.of().formatHex(RandomIds.next(ID_BYTES));
        put(id, beginning.get(), caller.name());
        if (isClosed) {
            close();
        }
        return id;
    }

    private synchronized void requireRoom(Optional<UserName> owner) {
        closeIdle();
        if (open.size() >= OPEN_COUNT_MAX && openCount() >= OPEN_COUNT_MAX) {
            throw refused("Too many open transactions", OPEN_COUNT_MAX);
        }
        if (open.size() >= OPEN_OF_USER_COUNT_MAX
                && owner.isPresent()
                && openCount(entry -> entry.owner.equals(owner)) >= OPEN_OF_USER_COUNT_MAX) {
            throw refused("Too many open transactions of one user", OPEN_OF_USER_COUNT_MAX);
        }
    }

    private static SmilodonException refused(String template, int limit) {
        return new SmilodonException(
                ErrorCode.EXCEEDED_MEMORY_LIMIT, template, Map.of("limit", limit));
    }

    /** Puts a transaction where it belongs, as the one that was used last. */
    private synchronized void put(
            String id, DocumentTransaction transaction, Optional<UserName> owner) {
        open.remove(id);
        ended.remove(id);
        (transaction.isActive() ? open : ended)
                .put(id, new Entry(transaction, owner, clock.millis()));
    }

    private void put(String id, Entry used) {
        put(id, used.transaction, used.owner);
    }

    /**
     * Lets only the user go on who began a transaction; others are told that there is none.
     *
     * @throws SmilodonException {@code NoSuchTransaction}
     */
    public void check(String id, Caller caller) {
        if (!caller.isUnrestricted() && !find(id).owner.equals(caller.name())) {
            throw unknown(id);
        }
    }

    /**
     * Uses a transaction; nobody else does meanwhile.
     *
     * @throws SmilodonException {@code NoSuchTransaction}; {@code ConflictingOperationInProgress}
     *     if somebody else is at work with it
     */
    public <T> T use(String id, Function<DocumentTransaction, T> work) {
        Entry entry = find(id);
        DocumentTransaction transaction = entry.transaction;
        transaction.access().enter();
        try {
            return work.apply(transaction);
        } finally {
            put(id, entry); // before another may abort it
            transaction.access().leave();
            if (isClosed) {
                close();
            }
        }
    }

    /**
     * Commits a transaction; again if it has been committed already.
     *
     * @return the sequence of the commit
     */
    public long commit(String id) {
        return use(id, DocumentTransaction::commit);
    }

    /**
     * Aborts a transaction.
     *
     * @throws SmilodonException {@code NoSuchTransaction} if it was aborted already, {@code
     *     TransactionCommitted} if it was committed
     */
    public void abort(String id) {
        use(
                id,
                transaction -> {
                    transaction.access().requireActive();
                    transaction.abort();
                    return id;
                });
    }

    /** Aborts a transaction, as soon as nobody is at work with it, unless it has ended. */
    void abandon(String id) {
        Optional<Entry> entry;
        synchronized (this) {
            entry = Optional.ofNullable(open.get(id));
        }
        entry.ifPresent(
                found -> {
                    found.transaction.access().giveUp();
                    put(id, found);
                });
    }

    /** How many transactions are open. */
    public synchronized int openCount() {
        return openCount(entry -> true);
    }

    private int openCount(Predicate<Entry> wanted) {
        Predicate<Entry> active = entry -> entry.transaction.isActive();
        return (int) open.values().stream().filter(active.and(wanted)).count();
    }

    private synchronized Entry find(String id) {
        closeIdle();
        Optional<Entry> entry =
                Optional.ofNullable(open.get(id)).or(() -> Optional.ofNullable(ended.get(id)));
        return entry.orElseThrow(() -> unknown(id));
    }

    private static SmilodonException unknown(String id) {
        return new SmilodonException(
                        ErrorCode.NO_SUCH_TRANSACTION,
                        "Given transaction does not match any in-progress transactions",
                        Map.of("id", id))
                .withLabel(ErrorLabels.TRANSIENT);
    }

    /** Aborts what nobody has used for too long, and forgets what has ended long ago. */
    synchronized void closeIdle() {
        long now = clock.millis();
        while (isOldestUnusedSince(open, now - IDLE_MILLIS_MAX)) {
            Map.Entry<String, Entry> idle = open.entrySet().iterator().next();
            idle.getValue().transaction.access().abortIfIdle();
            put(idle.getKey(), idle.getValue()); // one in use gets its time anew
        }
        while (ended.size() > ENDED_COUNT_MAX
                || isOldestUnusedSince(ended, now - ENDED_MILLIS_MAX)) {
            ended.remove(ended.keySet().iterator().next());
        }
    }

    private static boolean isOldestUnusedSince(Map<String, Entry> entries, long millis) {
        return !entries.isEmpty() && entries.values().iterator().next().usedMillis < millis;
    }

    /** Aborts every transaction, those that are in use as soon as they no longer are. */
    @Override
    public synchronized void close() {
        isClosed = true;
        open.values().forEach(entry -> entry.transaction.access().abortIfIdle());
        open.clear();
        ended.clear();
    }
}
