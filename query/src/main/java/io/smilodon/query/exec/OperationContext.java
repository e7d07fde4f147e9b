package io.smilodon.query.exec;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.ScratchFile;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.collation.Collation;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.plan.AllowedIndexes;
import io.smilodon.security.Permit;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Supplier;

/**
 * One running operation: its instant, its deadline, its collation, whether it was cancelled, and
 * the memory it may hold. Cursors call {@link #checkAlive} as they go. Thread-safe.
 */
public final class OperationContext {

    /** What sorting and grouping may hold in memory, as in MongoDB. */
    public static final long MEMORY_BYTES_MAX = OperationLimits.DEFAULTS.memoryBytesMax();

    /** Variables that take less are no more than any operation takes. */
    private static final long VARIABLES_BYTES_MIN = 16 << 10;

    private static final Cleaner CLEANER = Cleaner.create();

    private static final AtomicLongFieldUpdater<OperationContext> MEMORY =
            AtomicLongFieldUpdater.newUpdater(OperationContext.class, "memoryBytes");
    private static final AtomicLongFieldUpdater<OperationContext> VARIABLES =
            AtomicLongFieldUpdater.newUpdater(OperationContext.class, "variablesBytes");

    /**
     * That of its request, or of its variables; else settled under the lock when somebody asks, and
     * null before.
     */
    private DateValue now;

    /** Of an operation that ends some time; 0 of others, which need no clock. */
    private volatile long startNanos;

    private volatile long pauseNanos;
    private final OperationScope begunBy = OperationScope.current();

    /** Who goes on with it, if it was left; null before. */
    private volatile OperationScope heldBy;

    private final Permit permit = OperationScope.permit();
    private final Examined examined = begunBy.examinedOf();
    private Optional<Resumption> resumption = Optional.empty();
    private final long limitMillis;
    private final long memoryBytesMax;
    private final OperationBudget budget;
    private final BudgetShare share;
    private volatile boolean isWatched;
    private boolean allowsDiskUse = true;
    private Collation collation = Collation.SIMPLE;
    private Map<String, AllowedIndexes> allowed = Map.of();

    /** Made when somebody asks, by each thread that does not see it yet. */
    private EvaluationContext evaluation;

    private volatile boolean isCancelled;
    private volatile long memoryBytes;
    private volatile long variablesBytes;

    /** Guarded by this; replaced, never changed. */
    private List<MemoryHolder> holders = List.of();

    private OperationContext(long limitMillis, long memoryBytesMax, OperationBudget budget) {
        this.limitMillis = limitMillis;
        this.memoryBytesMax = memoryBytesMax;
        this.budget = budget;
        this.now = begunBy.itsInstant().orElse(null);
        if (limitMillis > 0) {
            this.startNanos = System.nanoTime();
        }
        this.share = new BudgetShare(budget);
    }

    /** An operation of a database. */
    static OperationContext of(long millis, long memoryBytesMax, OperationBudget budget) {
        return new OperationContext(millis, memoryBytesMax, budget);
    }

    /** Says, before it begins, what its instant is; that of its request unless told. */
    OperationContext at(DateValue instant) {
        now = instant;
        return this;
    }

    /** Who has begun it, also while others carry it on. */
    public Permit permit() {
        return permit;
    }

    public static OperationContext unlimited() {
        return within(0);
    }

    /** An operation that fails with {@code MaxTimeMSExpired} after so long; 0 means never. */
    public static OperationContext within(long millis) {
        return within(millis, MEMORY_BYTES_MAX);
    }

    /** The same, with another budget of memory. */
    public static OperationContext within(long millis, long memoryBytesMax) {
        return of(millis, memoryBytesMax, OperationBudget.UNSHARED);
    }

    /** Says, before it begins, whether it may use temporary files; it may unless told. */
    public OperationContext onDiskIf(boolean isAllowed) {
        allowsDiskUse = isAllowed;
        return this;
    }

    /** Says, before it begins, how strings compare; by their bytes unless told. */
    public OperationContext under(Collation strings) {
        collation = strings;
        evaluation = null;
        return this;
    }

    /**
     * Counts what variables hold until {@link #end}, also while nobody works on it.
     *
     * @param bytes about how much memory they take
     * @throws SmilodonException what {@link #reserve} throws
     */
    public OperationContext holdingVariables(long bytes) {
        if (bytes > VARIABLES_BYTES_MIN) {
            reserve("let", bytes);
            VARIABLES.addAndGet(this, bytes);
        }
        return this;
    }

    /** Gives back what its variables held; once is enough. */
    public void end() {
        if (variablesBytes > 0) {
            release(VARIABLES.getAndSet(this, 0));
        }
    }

    /**
     * Says, before it begins, which indexes of which collections it may use; all unless told.
     *
     * @param byCollection by the full names of the collections
     */
    public OperationContext allowing(Map<String, AllowedIndexes> byCollection) {
        allowed = byCollection;
        return this;
    }

    /** Which indexes of the collection with this full name it may use. */
    public AllowedIndexes allowed(Supplier<String> collection) {
        return allowed.isEmpty()
                ? AllowedIndexes.ALL
                : allowed.getOrDefault(collection.get(), AllowedIndexes.ALL);
    }

    /** How strings compare. */
    public Collation collation() {
        return collation;
    }

    /** How values compare. */
    public ValueOrder order() {
        return collation.order();
    }

    /** Whether what does not fit into memory may go to temporary files. */
    public boolean allowsDiskUse() {
        return allowsDiskUse;
    }

    /** The instant of the operation: {@code $$NOW}. */
    public DateValue now() {
        DateValue known = now;
        return known == null ? settledNow() : known;
    }

    private synchronized DateValue settledNow() {
        if (now == null) {
            now = new DateValue(System.currentTimeMillis());
        }
        return now;
    }

    /** What expressions without variables of the user see of the document. */
    public EvaluationContext evaluationOn(Document document) {
        EvaluationContext known = evaluation;
        if (known == null) {
            known = EvaluationContext.of(Document.EMPTY, now(), order());
            evaluation = known;
        }
        return known.on(document);
    }

    /**
     * Stops the clock: nobody works on the operation until {@link #resume}. Where the memory of all
     * is scarce, it leaves its own to those that work.
     */
    public void pause() {
        if (allowsDiskUse && budget.isScarce()) {
            holders().forEach(MemoryHolder::giveUpMemory);
        }
        leave();
        pauseNanos = System.nanoTime();
        heldBy = OperationScope.none();
    }

    /** What had been examined when a request took the operation up that another had begun. */
    private record Resumption(Examined by, long keys, long documents) {}

    /** What its plans have read; the requests that work on it know. */
    Examined examined() {
        return examined;
    }

    /** Counts what was read for it without a plan of stages. */
    public void countExamined(int keys, int documents) {
        examined.addKeys(keys);
        examined.addDocuments(documents);
    }

    /** Tells the request that has taken it up what was read for it; nobody goes on with it. */
    public void leave() {
        resumption.ifPresent(
                begun -> {
                    begun.by.addKeys(examined.keys() - begun.keys);
                    begun.by.addDocuments(examined.documents() - begun.documents);
                });
        resumption = Optional.empty();
    }

    /** Goes on; the pause does not count as time of the operation. */
    public void resume() {
        startNanos = System.nanoTime() - (pauseNanos - startNanos);
        OperationScope scope = OperationScope.current();
        heldBy = scope;
        resumption =
                Optional.of(
                        new Resumption(scope.examinedOf(), examined.keys(), examined.documents()));
    }

    public void cancel() {
        isCancelled = true;
    }

    /** Throws if the operation was cancelled or has run out of time. */
    public void checkAlive() {
        OperationScope next = heldBy;
        (next == null ? begunBy : next).checkAlive();
        if (isCancelled) {
            throw new SmilodonException(ErrorCode.INTERRUPTED, "operation was interrupted");
        }
        if (limitMillis > 0 && System.nanoTime() - startNanos > limitMillis * 1_000_000) {
            throw new SmilodonException(
                    ErrorCode.MAX_TIME_EXPIRED,
                    "operation exceeded time limit",
                    Map.of("maxTimeMS", limitMillis));
        }
    }

    /** From now on the holder is asked to give memory up where there is too little. */
    public synchronized void addHolder(MemoryHolder holder) {
        List<MemoryHolder> more = new ArrayList<>(holders);
        more.add(holder);
        holders = more;
    }

    private synchronized List<MemoryHolder> holders() {
        return holders;
    }

    public synchronized void removeHolder(MemoryHolder holder) {
        List<MemoryHolder> fewer = new ArrayList<>(holders);
        fewer.remove(holder);
        holders = fewer;
    }

    /**
     * Accounts for memory like {@link #reserve}, if there is so much left or stages can give up
     * what they hold; else does nothing.
     */
    public boolean tryReserve(long bytes) {
        MEMORY.addAndGet(this, bytes);
        boolean isThere = false;
        try {
            isThere = isWithinBudget();
        } finally {
            if (!isThere) {
                release(bytes);
            }
        }
        return isThere;
    }

    /** Whether there is so much left, or stages have given up enough. */
    public boolean hasRoom(long bytes) {
        boolean hasRoom = tryReserve(bytes);
        if (hasRoom) {
            release(bytes);
        }
        return hasRoom;
    }

    private boolean isWithinBudget() {
        for (MemoryHolder holder : holders()) {
            if (fits()) {
                return true;
            }
            if (allowsDiskUse) {
                holder.giveUpMemory();
            }
        }
        return fits();
    }

    private boolean fits() {
        long bytes = memoryBytes;
        if (bytes > memoryBytesMax || !share.hasMemory(bytes)) {
            return false;
        }
        if (!isWatched) {
            isWatched = true;
            CLEANER.register(this, new Forgotten(share));
        }
        return true;
    }

    /** Gives back what a cursor held that nobody has closed. */
    private record Forgotten(BudgetShare share) implements Runnable {

        @Override
        public void run() {
            share.giveAll();
        }
    }

    /** A temporary file that counts as one of the operation. */
    public ScratchFile scratchFile() {
        return ScratchFile.create(share);
    }

    /**
     * Accounts for memory that a blocking stage holds, by the stage's name for the error. Stages
     * that can do without theirs are asked for it first.
     *
     * @throws SmilodonException {@code QueryExceededMemoryLimitNoDiskUseAllowed} if the operation
     *     may not hold so much, {@code TemporarilyUnavailable} if all operations together hold too
     *     much
     */
    public void reserve(String stage, long bytes) {
        if (!tryReserve(bytes)) {
            throw refused(stage, bytes);
        }
    }

    /** Why so much memory is not there. */
    SmilodonException refused(String stage, long bytes) {
        if (memoryBytes + bytes <= memoryBytesMax) {
            return budget.exhausted(stage);
        }
        return new SmilodonException(
                ErrorCode.QUERY_EXCEEDED_MEMORY_LIMIT,
                "Exceeded the memory limit of one operation",
                Map.of("stage", stage, "limitBytes", memoryBytesMax));
    }

    /** What the operation may hold. */
    public long memoryBytesMax() {
        return memoryBytesMax;
    }

    public void release(long bytes) {
        share.needMemory(MEMORY.addAndGet(this, -bytes));
    }
}
