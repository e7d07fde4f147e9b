package io.smilodon.engine.testing;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AwaitTest {

    @Test
    void it_ends_as_soon_as_the_condition_holds() {
        AtomicInteger asked = new AtomicInteger();
        Await.until("it has been asked thrice", () -> asked.incrementAndGet() == 3);
        assertTrue(asked.get() == 3, asked::toString);
    }

    @Test
    void who_waits_too_long_is_told_what_for_and_what_the_database_does() throws Exception {
        Object lock = new Object();
        Thread database =
                new Thread(
                        () -> {
                            synchronized (lock) {
                                assertTrue(Thread.holdsLock(lock));
                            }
                        },
                        "smilodon-awaited");
        AssertionError late;
        synchronized (lock) {
            database.start();
            Await.until("it waits", () -> database.getState() == Thread.State.BLOCKED);
            late =
                    assertThrows(
                            AssertionError.class,
                            () -> Await.until("it rains", Duration.ofMillis(1), () -> false));
        }
        database.join();
        String told = late.getMessage();
        assertTrue(told.startsWith("waited for PT0.001S until it rains\n"), told);
        assertTrue(told.contains("\"smilodon-awaited\""), told);
        assertTrue(told.contains(" BLOCKED on java.lang.Object@"), told);
        assertTrue(told.contains("(AwaitTest.java:"), told);
    }

    @Test
    void an_interrupt_ends_the_wait_at_once_and_is_kept() {
        Thread.currentThread().interrupt();
        AssertionError ended =
                assertThrows(AssertionError.class, () -> Await.until("it rains", () -> false));
        assertTrue(Thread.interrupted());
        assertTrue(ended.getMessage().contains("until it rains"), ended::toString);
    }

    @Test
    void what_the_condition_throws_comes_out() {
        IOException broken = new IOException();
        assertTrue(
                broken
                        == assertThrows(
                                IOException.class,
                                () ->
                                        Await.until(
                                                "it rains",
                                                () -> {
                                                    throw broken;
                                                })));
    }
}
