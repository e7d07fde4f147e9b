package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.Value;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TasksTest {

    private static void awaitState(Tasks.Task task, String state) {
        Await.until("it is " + state, () -> task.document().get("state").equals(Value.of(state)));
    }

    /** Who waits for a job asks for its state until it is done or failed. */
    @Test
    void a_job_that_breaks_has_failed_and_the_next_one_runs() {
        try (Tasks tasks = new Tasks()) {
            Tasks.Task broken =
                    tasks.start(
                            "broken",
                            task -> {
                                throw new UncheckedIOException(new NoSuchFileException("x"));
                            });
            Tasks.Task next = tasks.start("next", task -> task.progress("step", 1, 1));
            awaitState(next, "done");

            assertEquals(Value.of("failed"), broken.document().get("state"));
            assertTrue(broken.document().has("error"));
        }
    }

    @Test
    void so_many_may_wait_and_no_more() {
        CountDownLatch release = new CountDownLatch(1);
        try (Tasks tasks = new Tasks()) {
            Tasks.Task first = tasks.start("first", task -> await(release));
            awaitState(first, "running");
            List<Tasks.Task> waiting = new ArrayList<>();
            for (int number = 0; number < Tasks.WAITING_MAX; number++) {
                waiting.add(tasks.start("waits", task -> {}));
            }
            SmilodonException refused =
                    assertThrows(SmilodonException.class, () -> tasks.start("more", task -> {}));
            assertEquals(ErrorCode.CONFLICTING_OPERATION_IN_PROGRESS, refused.code());
            release.countDown();
            waiting.forEach(task -> awaitState(task, "done"));
            awaitState(tasks.start("again", task -> {}), "done");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closing_cancels_what_runs_and_what_waits() {
        Tasks tasks = new Tasks();
        Tasks.Task running =
                tasks.start(
                        "runs",
                        task -> {
                            while (true) {
                                task.progress("on and on", 1, 2);
                            }
                        });
        Tasks.Task waiting = tasks.start("waits", task -> {});
        awaitState(running, "running");
        tasks.close();
        assertEquals(Value.of("failed"), running.document().get("state"));
        assertEquals(Value.of("failed"), waiting.document().get("state"));
        assertEquals(
                ErrorCode.SHUTDOWN_IN_PROGRESS,
                assertThrows(SmilodonException.class, () -> tasks.start("late", task -> {}))
                        .code());
    }

    @Test
    void closing_does_not_wait_for_ever() {
        CountDownLatch release = new CountDownLatch(1);
        Tasks tasks = new Tasks(50);
        awaitState(tasks.start("deaf", task -> await(release)), "running");
        tasks.close();
        release.countDown();
    }
}
