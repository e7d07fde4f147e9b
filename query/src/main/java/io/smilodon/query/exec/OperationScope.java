package io.smilodon.query.exec;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.query.Steps;
import io.smilodon.security.Permit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What one request of a user does on its thread, however many reads and writes that takes: it ends
 * as a whole, when it is cancelled or out of time, and works by {@link Turns} when it takes long.
 * Thread-safe; it runs on one thread.
 */
public final class OperationScope {

    private static final OperationScope NONE = new OperationScope(0);
    private static final ThreadLocal<OperationScope> CURRENT = ThreadLocal.withInitial(() -> NONE);
    private static final ThreadLocal<WorkPlace> PLACE =
            ThreadLocal.withInitial(() -> WorkPlace.NONE);

    /** How often who waits for a lock asks whether to go on waiting. */
    private static final long LOCK_CHECK_MILLIS = 10;

    /** How a plan is summed up that only looks one document up. */
    private static final String LOOKUP = "IDHACK";

    private final long startNanos = System.nanoTime();
    private final DateValue instant = new DateValue(System.currentTimeMillis());
    private final long limitMillis;

    /** Belongs to the thread of the request. */
    private Permit permit;

    private volatile boolean isCancelled;

    /** Written by the thread of the request alone. */
    private volatile long waitedNanos;

    /** Written by the thread of the request alone, as the next. */
    private volatile Progress progress = new Progress(0, 0);

    /** Belongs to the thread of the request. */
    private final Examined examined = new Examined();

    /** Written by the thread of the request alone, as the next. */
    private volatile Optional<String> planSummary = Optional.empty();

    private volatile Optional<Supplier<String>> shapeHash = Optional.empty();
    private volatile Document written = Document.EMPTY;
    private volatile Optional<ChosenPlan> plan = Optional.empty();

    /** How many documents it has handed out; less than 0 for none that count. */
    private volatile int returned = -1;

    private final Turns.Turn turn = Turns.OF_PROCESS.turn();
    private final Runnable limits = this::checkLimits;
    private volatile Consumer<Progress> follower = progress -> {};

    private final Waker waker = new Waker();

    /**
     * A request that has not begun.
     *
     * @param limitMillis time of work after which it fails; 0 for never
     */
    public OperationScope(long limitMillis) {
        this(limitMillis, Permit.UNRESTRICTED);
    }

    /** The same for somebody who may do only what roles allow. */
    public OperationScope(long limitMillis, Permit permit) {
        this.limitMillis = limitMillis;
        this.permit = permit;
    }

    /** Who asks for what this thread does; the program itself where there is no request. */
    public static Permit permit() {
        return CURRENT.get().permit;
    }

    /** Carries out a part of the request of this thread that is allowed by itself. */
    public static <T> T allowed(Permit permit, Supplier<T> part) {
        OperationScope scope = CURRENT.get();
        if (scope == NONE) {
            throw new AssertionError("a part of no request");
        }
        Permit whole = scope.permit;
        scope.permit = permit;
        try {
            return part.get();
        } finally {
            scope.permit = whole;
        }
    }

    /** Tells how far the request of this thread has come, if there is one. */
    public static void progress(long done, long total) {
        OperationScope scope = CURRENT.get();
        if (scope != NONE) {
            scope.progress = new Progress(done, total);
            scope.follower.accept(scope.progress);
        }
    }

    /**
     * Where what is read for it is counted; for what belongs to no request a counter of its own.
     */
    Examined examinedOf() {
        return this == NONE ? new Examined() : examined;
    }

    /** What plans have read for it; to be asked on its thread. */
    public Examined examined() {
        return examined;
    }

    /** Tells which plan the request of this thread carries out; the first counts. */
    public static void carriesOut(ChosenPlan chosen) {
        OperationScope scope = CURRENT.get();
        if (scope != NONE && scope.plan.isEmpty()) {
            scope.plan = Optional.of(chosen);
        }
    }

    /**
     * Tells of which shape the request of this thread is; the first counts.
     *
     * @param hash of the shape, to be asked for if it is wanted
     */
    public static void isOfShape(Supplier<String> hash) {
        OperationScope scope = CURRENT.get();
        if (scope != NONE && scope.shapeHash.isEmpty()) {
            scope.shapeHash = Optional.of(hash);
        }
    }

    /** The hash of its shape, if it has one: to be asked for if it is wanted. */
    public Optional<Supplier<String>> shapeHash() {
        return shapeHash;
    }

    /**
     * Tells what the request of this thread has written.
     *
     * @param counts by the names that the profile has for them
     */
    public static void wrote(Document counts) {
        OperationScope scope = CURRENT.get();
        if (scope != NONE) {
            scope.written = counts;
        }
    }

    /** What it has written; empty if nobody told. */
    public Document written() {
        return written;
    }

    /** Tells that the request of this thread goes on with a plan that another has chosen. */
    public static void goesOnWith(String planSummary) {
        OperationScope scope = CURRENT.get();
        if (scope != NONE) {
            scope.planSummary = Optional.of(planSummary);
        }
    }

    /** Tells that the request of this thread has looked a document up by its {@code _id}. */
    public static void lookedUp(boolean isFound) {
        OperationScope scope = CURRENT.get();
        if (scope != NONE) {
            scope.examined.addKeys(1);
            scope.examined.addDocuments(isFound ? 1 : 0);
            if (scope.planSummary.isEmpty() && scope.plan.isEmpty()) {
                scope.planSummary = Optional.of(LOOKUP);
            }
        }
    }

    /** Tells how many documents the request of this thread hands out. */
    public static void returned(int count) {
        OperationScope scope = CURRENT.get();
        if (scope != NONE) {
            scope.returned = count;
        }
    }

    /** The first plan that it has chosen, if it has. */
    public Optional<ChosenPlan> plan() {
        return plan;
    }

    /** Its plan in one line, if it has one. */
    public Optional<String> planSummary() {
        return planSummary.or(() -> plan.map(ChosenPlan::summary));
    }

    /** How many documents it has handed out, if it hands out any. */
    public OptionalInt returned() {
        return returned < 0 ? OptionalInt.empty() : OptionalInt.of(returned);
    }

    /** Has the request of this thread tell somebody too how far it has come. */
    public static void followedBy(Consumer<Progress> follower) {
        OperationScope scope = CURRENT.get();
        if (scope != NONE) {
            scope.follower = follower;
        }
    }

    /** How far it has come; zeros if it does not tell. */
    public Progress progress() {
        return progress;
    }

    /** The request of this thread; one that never ends where there is none. */
    static OperationScope current() {
        return CURRENT.get();
    }

    static OperationScope none() {
        return NONE;
    }

    /** The instant of this thread's request; the present where there is none. */
    public static DateValue instant() {
        OperationScope scope = CURRENT.get();
        return scope == NONE ? new DateValue(System.currentTimeMillis()) : scope.instant;
    }

    /** The same of a request; empty where there is none. */
    Optional<DateValue> itsInstant() {
        return this == NONE ? Optional.empty() : Optional.of(instant);
    }

    /** Whether this thread is at work on a request. */
    public static boolean isEntered() {
        return CURRENT.get() != NONE;
    }

    /** Fails if the request of this thread was cancelled or has run out of time. */
    public static void checkCurrent() {
        CURRENT.get().checkAlive();
    }

    /** Runs the request. */
    public <T> T run(Supplier<T> work) {
        CURRENT.set(this);
        turn.begin();
        try {
            return Steps.guarded(this::checkAlive, work);
        } finally {
            turn.end();
            CURRENT.remove();
        }
    }

    /**
     * Does what a program asks for within a time, as a request of its own; within the time of the
     * request that this thread is at work on, where there is one.
     *
     * @param limitMillis 0 for no limit
     */
    public static <T> T within(long limitMillis, Supplier<T> work) {
        return limitMillis == 0 || isEntered()
                ? work.get()
                : new OperationScope(limitMillis).run(work);
    }

    /** Does what it takes a place to do; waiting long, it gives the place back meanwhile. */
    public static <T> T at(WorkPlace place, Supplier<T> work) {
        WorkPlace before = PLACE.get();
        PLACE.set(place);
        try {
            return work.get();
        } finally {
            PLACE.set(before);
        }
    }

    /** Waits, perhaps for long, while others have the place that this thread works at. */
    public static void lendingPlace(WorkPlace.Wait wait) throws InterruptedException {
        PLACE.get().lendWhile(wait);
    }

    /**
     * Waits on the thread of the request, perhaps for long, for something to happen: that is no
     * work of the request and does not count as its time.
     *
     * @param waker ends the waiting, with whatever error; called by who cancels the request, which
     *     fails with {@code Interrupted} then; never called when the waiting is over
     */
    public static <T> T wakingBy(Runnable waker, Supplier<T> waiting) {
        OperationScope scope = CURRENT.get();
        if (scope == NONE) {
            return waiting.get();
        }
        scope.waker.become(waker);
        scope.turn.giveUp();
        long beginNanos = System.nanoTime();
        try {
            scope.checkLimits();
            return waiting.get();
        } catch (SmilodonException failure) {
            scope.checkLimits();
            throw failure;
        } finally {
            scope.waitedNanos += System.nanoTime() - beginNanos;
            scope.waker.becomeNobody();
            scope.turn.begin();
        }
    }

    /**
     * Takes a lock that others may hold for long, unless the request of this thread ends before it
     * gets its turn. Who waits long is not served in the order of coming.
     */
    public static void lock(Lock lock) {
        await(lock::tryLock);
    }

    /** Something to wait for. */
    @FunctionalInterface
    public interface Event {

        /** Waits so long at most; returns whether it is there. */
        boolean await(long time, TimeUnit unit) throws InterruptedException;
    }

    /**
     * Waits for something to happen unless the request of this thread ends before, which counts as
     * its time. Who waits long gives his place back until then.
     */
    public static void await(Event event) {
        try {
            if (!event.await(LOCK_CHECK_MILLIS, TimeUnit.MILLISECONDS)) {
                PLACE.get().lendWhile(() -> CURRENT.get().awaitLong(event));
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw interrupted();
        }
    }

    private void awaitLong(Event event) throws InterruptedException {
        do {
            turn.giveUp();
            checkLimits();
        } while (!event.await(LOCK_CHECK_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** Makes it fail soon, with {@code Interrupted}. */
    public void cancel() {
        waker.wakeAfter(() -> isCancelled = true);
    }

    /** How long it has been running. */
    public long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }

    /** The same without the time that it has waited for something to happen. */
    public long workedNanos() {
        return elapsedNanos() - waitedNanos;
    }

    private static SmilodonException interrupted() {
        return new SmilodonException(ErrorCode.INTERRUPTED, "operation was interrupted");
    }

    /** Throws if it must end; waits for its turn if it has worked for long. */
    void checkAlive() {
        checkLimits();
        turn.pass(limits);
    }

    private void checkLimits() {
        if (isCancelled) {
            throw interrupted();
        }
        if (limitMillis > 0 && workedNanos() > limitMillis * 1_000_000) {
            throw new SmilodonException(
                    ErrorCode.MAX_TIME_EXPIRED,
                    "operation exceeded time limit",
                    Map.of("maxTimeMS", limitMillis));
        }
    }
}
