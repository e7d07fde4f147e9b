package io.smilodon.query.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperationScopeTest {

    private static final String CLOSED = "closed";

    private static ErrorCode codeOf(Runnable work) {
        return assertThrows(SmilodonException.class, work::run).code();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What is waited for has ended: an error of its own. */
    private static String awaitClosing(CountDownLatch closing) {
        assertTrue(await(closing));
        throw new SmilodonException(ErrorCode.SHUTDOWN_IN_PROGRESS, CLOSED);
    }

    @Test
    void who_waits_is_woken_by_who_cancels_and_told_so() {
        OperationScope scope = new OperationScope(0);
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        Supplier<String> work =
                () -> {
                    waiting.countDown();
                    return awaitClosing(closing);
                };
        CompletableFuture<String> result =
                CompletableFuture.supplyAsync(
                        () -> scope.run(() -> OperationScope.wakingBy(closing::countDown, work)));
        assertTrue(await(waiting));
        scope.cancel();

        CompletionException failure = assertThrows(CompletionException.class, result::join);

        assertEquals(ErrorCode.INTERRUPTED, ((SmilodonException) failure.getCause()).code());
    }

    @Test
    void a_waker_is_not_called_when_the_waiting_is_over() {
        OperationScope scope = new OperationScope(0);
        AtomicBoolean isCalled = new AtomicBoolean();
        scope.run(() -> OperationScope.wakingBy(() -> isCalled.set(true), () -> "event"));
        scope.cancel();
        assertFalse(isCalled.get());
    }

    @Test
    void waiting_is_no_work_of_the_request() {
        OperationScope scope = new OperationScope(1);
        long nanos = TimeUnit.MILLISECONDS.toNanos(20);
        Supplier<String> waiting =
                () -> {
                    long until = System.nanoTime() + nanos;
                    while (System.nanoTime() < until) {
                        LockSupport.parkNanos(nanos);
                    }
                    return "event";
                };
        OperationScope unlimited = new OperationScope(0);
        unlimited.run(() -> OperationScope.wakingBy(() -> {}, waiting));
        assertTrue(unlimited.elapsedNanos() - unlimited.workedNanos() >= nanos);

        assertEquals(ErrorCode.MAX_TIME_EXPIRED, codeOf(() -> scope.run(spending(waiting))));
    }

    private static Supplier<String> spending(Supplier<String> work) {
        return () -> {
            String done = work.get();
            OperationScope.checkCurrent();
            return done;
        };
    }

    @Test
    void who_waits_for_a_lock_can_be_ended() {
        ReentrantLock lock = new ReentrantLock(true);
        lock.lock();
        try {
            CompletableFuture<ErrorCode> late =
                    CompletableFuture.supplyAsync(() -> codeOf(() -> locking(lock, 30)));
            assertEquals(ErrorCode.MAX_TIME_EXPIRED, late.join());
        } finally {
            lock.unlock();
        }
        assertTrue(CompletableFuture.supplyAsync(() -> locking(lock, 0)).join());
    }

    private static boolean locking(ReentrantLock lock, long limitMillis) {
        return new OperationScope(limitMillis)
                .run(
                        () -> {
                            OperationScope.lock(lock);
                            lock.unlock();
                            return true;
                        });
    }

    @Test
    void a_program_that_sets_no_limit_has_none_and_a_request_keeps_its_own() {
        assertFalse(OperationScope.within(0, OperationScope::isEntered));
        assertTrue(OperationScope.within(1_000, OperationScope::isEntered));
        Supplier<String> late =
                () -> {
                    LockSupport.parkNanos(5_000_000);
                    return OperationScope.within(
                            1,
                            () -> {
                                OperationScope.checkCurrent();
                                return "in time";
                            });
                };
        assertEquals("in time", new OperationScope(60_000).run(late));
    }
}
