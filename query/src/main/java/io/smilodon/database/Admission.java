package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.exec.WorkPlace;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets some requests of clients be carried out at once. Others wait for their turn, as many as may;
 * who comes beyond that is refused at once. What waits for clients or for news must not pass
 * through it, nor what others need to come to their end. Who waits long for a lock is not at work
 * meanwhile. Thread-safe.
 */
public final class Admission {

    /** Requests that are carried out at a time. */
    public static final int RUNNING_MAX = 256;

    /** Requests that wait for that. */
    public static final int WAITING_MAX = 1_024;

    private static final Duration WAIT = Duration.ofSeconds(60);

    /** That of MongoDB for servers that are asked for too much. */
    private static final ErrorCode OVERLOADED =
            new ErrorCode(462, "IngressRequestRateLimitExceeded");

    private final Places places;
    private final int waitingMax;
    private final Duration wait;
    private final AtomicInteger waiting = new AtomicInteger();

    private static final class Places extends Semaphore {

        private static final long serialVersionUID = 1;

        Places(int count) {
            super(count, true);
        }

        void takeAtOnce() {
            reducePermits(1);
        }
    }

    Admission() {
        this(RUNNING_MAX, WAITING_MAX, WAIT);
    }

    /**
     * With other limits.
     *
     * @param wait how long somebody waits
     */
    Admission(int runningMax, int waitingMax, Duration wait) {
        this.places = new Places(runningMax);
        this.waitingMax = waitingMax;
        this.wait = wait;
    }

    /**
     * Carries a request out in its turn.
     *
     * @throws SmilodonException 462 if too many wait already, or if its turn does not come in time
     */
    public <T> T admit(Supplier<T> request) {
        if (!places.tryAcquire() && !hasWaited()) {
            throw refused();
        }
        try {
            return OperationScope.at(this::lendWhile, request);
        } finally {
            places.release();
        }
    }

    /** Who comes back goes on at once, above the limit if need be: others may wait for him. */
    private void lendWhile(WorkPlace.Wait wait) throws InterruptedException {
        places.release();
        try {
            wait.run();
        } finally {
            places.takeAtOnce();
        }
    }

    /** How many wait for their turn. */
    public int waitingCount() {
        return waiting.get();
    }

    private boolean hasWaited() {
        try {
            return waiting.incrementAndGet() <= waitingMax
                    && places.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.decrementAndGet();
        }
    }

    private SmilodonException refused() {
        return new SmilodonException(
                        OVERLOADED,
                        "Too many requests wait to be carried out",
                        Map.of("limit", waitingMax))
                .withHint("try again later")
                .withLabel(ErrorLabels.OVERLOADED)
                .withLabel(ErrorLabels.RETRYABLE_ANY)
                .withLabel(ErrorLabels.RETRYABLE);
    }
}
