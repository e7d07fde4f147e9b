package io.smilodon.query;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Comparator;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StepsTest {

    private static long take(int times) {
        long before = Steps.taken();
        for (int i = 0; i < times; i++) {
            Steps.take();
        }
        return Steps.taken() - before;
    }

    @Test
    void the_operation_is_asked_now_and_then() {
        AtomicInteger asked = new AtomicInteger();
        long taken = Steps.guarded(asked::incrementAndGet, () -> take(10 * Steps.BETWEEN_CHECKS));
        assertEquals(10 * Steps.BETWEEN_CHECKS, taken);
        assertEquals(10, asked.get());
    }

    @Test
    void many_steps_at_once_ask_once() {
        AtomicInteger asked = new AtomicInteger();
        Steps.guarded(
                asked::incrementAndGet,
                () -> {
                    Steps.take(100 * Steps.BETWEEN_CHECKS);
                    Steps.takeForBytes(1_000_000);
                    return 0;
                });
        assertEquals(2, asked.get());
    }

    @Test
    void a_count_that_is_kept_is_that_of_the_thread_that_takes_the_step() throws Exception {
        Steps kept = Steps.ofThread();
        Comparator<Integer> order = Steps.counted(Comparator.<Integer>naturalOrder());
        AtomicInteger here = new AtomicInteger();
        AtomicInteger there = new AtomicInteger();
        FutureTask<Long> other =
                new FutureTask<>(
                        () ->
                                kept.guardedHere(
                                        there::incrementAndGet,
                                        () -> {
                                            for (int i = 0; i < Steps.BETWEEN_CHECKS; i++) {
                                                kept.takeHere();
                                                order.compare(i, 0);
                                            }
                                            return Steps.taken();
                                        }));
        Steps.guarded(
                here::incrementAndGet,
                () -> {
                    Thread thread = new Thread(other);
                    thread.start();
                    return assertDoesNotThrow(() -> other.get());
                });
        assertEquals(2L * Steps.BETWEEN_CHECKS, other.get());
        assertEquals(2, there.get());
        assertEquals(0, here.get());
        assertSame(kept, kept.here());
    }

    @Test
    void an_operation_inside_another_is_asked_for_itself() {
        AtomicInteger outer = new AtomicInteger();
        AtomicInteger inner = new AtomicInteger();
        Steps.guarded(
                outer::incrementAndGet,
                () -> {
                    Steps.guarded(inner::incrementAndGet, () -> take(Steps.BETWEEN_CHECKS));
                    return take(Steps.BETWEEN_CHECKS);
                });
        assertEquals(1, inner.get());
        assertEquals(1, outer.get());
    }

    @Test
    void what_asking_throws_ends_the_work_and_nobody_is_asked_afterwards() {
        Runnable expired =
                () -> {
                    throw new IllegalStateException("out of time");
                };
        assertThrows(
                IllegalStateException.class,
                () -> Steps.guarded(expired, () -> take(2 * Steps.BETWEEN_CHECKS)));
        take(2 * Steps.BETWEEN_CHECKS);
    }
}
