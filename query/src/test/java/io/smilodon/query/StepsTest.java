package io.smilodon.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
