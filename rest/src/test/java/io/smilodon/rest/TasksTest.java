package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Value;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TasksTest {

    /** Who waits for a job asks for its state until it is done or failed. */
    @Test
    void a_job_that_breaks_has_failed_and_the_next_one_runs() {
        Tasks tasks = new Tasks();
        Tasks.Task broken =
                tasks.start(
                        "broken",
                        task -> {
                            throw new UncheckedIOException(new NoSuchFileException("x"));
                        });
        Tasks.Task next = tasks.start("next", task -> task.progress("step", 1, 1));
        tasks.close();

        assertEquals(Value.of("failed"), broken.document().get("state"));
        assertTrue(broken.document().has("error"));
        assertEquals(Value.of("done"), next.document().get("state"));
    }
}
