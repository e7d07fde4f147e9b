package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Await;
import io.smilodon.query.exec.OperationScope;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AdmissionTest {

    private static final int RUNNING = 3;
    private static final int WAITING = 5;

    @Test
    void some_requests_run_some_wait_and_the_others_are_refused() throws Exception {
        Admission admission = new Admission(RUNNING, WAITING, Duration.ofMinutes(1));
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger runningMost = new AtomicInteger();
        List<Future<Integer>> admitted = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < RUNNING + WAITING; i++) {
                admitted.add(
                        clients.submit(
                                () ->
                                        admission.admit(
                                                () -> {
                                                    int now = running.incrementAndGet();
                                                    runningMost.accumulateAndGet(now, Math::max);
                                                    await(end);
                                                    return running.decrementAndGet();
                                                })));
            }
            Await.until("all wait", () -> admission.waitingCount() >= WAITING);
            Json.assertCode(462, () -> admission.admit(() -> 1));
            end.countDown();
            for (Future<Integer> each : admitted) {
                each.get();
            }
        }
        assertEquals(RUNNING, runningMost.get());
        assertEquals(1, admission.admit(() -> 1));
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void who_waits_too_long_is_refused() {
        Admission admission = new Admission(1, WAITING, Duration.ofMillis(1));
        admission.admit(() -> Json.assertCode(462, () -> admission.admit(() -> 1)));
    }

    /** Writers while writing is locked, and those who wait for them. */
    @Test
    void who_waits_long_for_a_lock_makes_room_for_others() throws Exception {
        Admission admission = new Admission(1, WAITING, Duration.ofMinutes(1));
        ReentrantLock lock = new ReentrantLock(true);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> blocked = new ArrayList<>();
            lock.lock();
            try {
                for (int i = 0; i < RUNNING; i++) {
                    blocked.add(clients.submit(() -> admission.admit(() -> locking(lock))));
                }
                assertEquals(1, admission.admit(() -> 1));
                while (lock.getQueueLength() < RUNNING) {
                    assertEquals(1, admission.admit(() -> 1));
                }
            } finally {
                lock.unlock();
            }
            for (Future<Integer> each : blocked) {
                assertEquals(2, each.get());
            }
        }
        admission.admit(() -> clientIsLate(admission));
    }

    private static int locking(ReentrantLock lock) {
        OperationScope.lock(lock);
        lock.unlock();
        return 2;
    }

    /** The places are as many as before. */
    private static boolean clientIsLate(Admission full) {
        assertEquals(0, full.waitingCount());
        Thread late = Thread.ofVirtual().start(() -> full.admit(() -> 1));
        while (full.waitingCount() == 0) {
            assertTrue(late.isAlive());
        }
        return true;
    }

    @Test
    void the_connections_of_one_address_and_of_all_are_limited() throws Exception {
        ConnectionCounts counts = new ConnectionCounts(5, 2);
        InetAddress one = InetAddress.getByName("192.0.2.1");
        InetAddress other = InetAddress.getByName("192.0.2.2");
        InetAddress own = InetAddress.getByName("127.0.0.1");
        assertTrue(counts.opened(one) && counts.opened(one));
        assertFalse(counts.opened(one), "one of another machine");
        assertTrue(counts.opened(own) && counts.opened(own) && counts.opened(own));
        assertFalse(counts.opened(other), "one in all");
        counts.closed(one);
        assertTrue(counts.opened(other));
        counts.closed(other);
        assertTrue(counts.opened(one));
        counts.closed(own);
        assertFalse(counts.opened(one));
    }
}
