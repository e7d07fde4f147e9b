package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The transactions whose callers come back with one statement after the other. One that nobody uses
 * within the idle time is aborted at the next use of the registry. What became of those that ended
 * is remembered for a while. Thread-safe.
 */
public final class TransactionRegistry implements AutoCloseable {

    /** Transactions that may be open at a time. */
    public static final int OPEN_COUNT_MAX = 1_000;

    /** How long a transaction waits for its next statement. */
    public static final long IDLE_MILLIS_MAX = 30_000;

    /** How long it is remembered what became of one. */
    private static final long ENDED_MILLIS_MAX = 10 * 60_000;

    private static final int ENDED_COUNT_MAX = 10_000;
    private static final int ID_BYTES = 16;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final TransactionRuns runs;
    private final Clock clock;
    private volatile boolean isClosed;

    TransactionRegistry(TransactionRuns runs, Instance instance) {
        this.runs = runs;
        this.clock = instance.options().clock();
    }

    private record Entry(DocumentTransaction transaction, long usedMillis) {}

    /**
     * Begins a transaction.
     *
     * @return its id, which cannot be guessed
     * @throws SmilodonException {@code ExceededMemoryLimit} if there are too many
     */
    public String begin(TransactionSettings settings) {
        closeIdle();
        if (openCount() >= OPEN_COUNT_MAX) {
            throw new SmilodonException(
                    ErrorCode.EXCEEDED_MEMORY_LIMIT,
                    "Too many open transactions",
                    Map.of("limit", OPEN_COUNT_MAX));
        }
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        entries.put(id, new Entry(runs.begin(settings), clock.millis()));
        return id;
    }

    /**
     * Uses a transaction; nobody else does meanwhile.
     *
     * @throws SmilodonException {@code NoSuchTransaction}; {@code ConflictingOperationInProgress}
     *     if somebody else is at work with it
     */
    public <T> T use(String id, Function<DocumentTransaction, T> work) {
        DocumentTransaction transaction = find(id);
        transaction.access().enter();
        try {
            return work.apply(transaction);
        } finally {
            entries.put(id, new Entry(transaction, clock.millis())); // before another may abort it
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

    /** How many transactions are open. */
    public int openCount() {
        return (int) entries.values().stream().filter(e -> e.transaction.isActive()).count();
    }

    private DocumentTransaction find(String id) {
        closeIdle();
        Entry entry = entries.get(id);
        if (entry == null) {
            throw new SmilodonException(
                            ErrorCode.NO_SUCH_TRANSACTION,
                            "Given transaction does not match any in-progress transactions",
                            Map.of("id", id))
                    .withLabel(ErrorLabels.TRANSIENT);
        }
        return entry.transaction;
    }

    private void closeIdle() {
        long now = clock.millis();
        boolean isFull = entries.size() > OPEN_COUNT_MAX + ENDED_COUNT_MAX;
        entries.forEach(
                (id, entry) -> {
                    long idleMillis = now - entry.usedMillis;
                    if (entry.transaction.isActive()) {
                        if (idleMillis > IDLE_MILLIS_MAX) {
                            entry.transaction.access().abortIfIdle();
                        }
                    } else if (isFull || idleMillis > ENDED_MILLIS_MAX) {
                        entries.remove(id, entry);
                    }
                });
    }

    /** Aborts every transaction, those that are in use as soon as they no longer are. */
    @Override
    public void close() {
        isClosed = true;
        entries.values().forEach(entry -> entry.transaction.access().abortIfIdle());
        entries.clear();
    }
}
