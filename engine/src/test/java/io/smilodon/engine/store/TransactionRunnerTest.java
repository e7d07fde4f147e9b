package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.store.TransactionRunner.Done;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransactionRunnerTest {

    private static final byte[] KEY = {9};

    private final AtomicInteger attempts = new AtomicInteger();
    private KeyValueStore store;
    private TransactionRunner runner;

    @BeforeEach
    void open() {
        store = EmbeddedStore.open(new MemoryDirectory(), StorageOptions.DEFAULTS);
        runner = new TransactionRunner(store, 50);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static SmilodonException error(ErrorCode code) {
        return new SmilodonException(code, "made by the test");
    }

    private static void assertCode(ErrorCode code, Executable action) {
        assertEquals(code, assertThrows(SmilodonException.class, action).code());
    }

    @Test
    void a_conflict_is_run_again() {
        Done<Integer> done =
                runner.run(
                        transaction -> {
                            if (attempts.incrementAndGet() < 4) {
                                throw error(ErrorCode.WRITE_CONFLICT);
                            }
                            transaction.put(KEY, KEY);
                            return Attempt.commit(attempts.get());
                        });

        assertEquals(4, done.result());
        assertTrue(done.version() > 0);
    }

    @Test
    void a_conflict_without_end_surfaces_after_the_deadline() {
        assertCode(
                ErrorCode.WRITE_CONFLICT,
                () ->
                        runner.run(
                                transaction -> {
                                    attempts.incrementAndGet();
                                    throw error(ErrorCode.WRITE_CONFLICT);
                                }));
        assertTrue(attempts.get() > 1);
    }

    @Test
    void an_unknown_outcome_is_never_run_again() {
        assertCode(
                ErrorCode.COMMIT_UNKNOWN,
                () ->
                        runner.run(
                                transaction -> {
                                    attempts.incrementAndGet();
                                    throw error(ErrorCode.COMMIT_UNKNOWN);
                                }));
        assertEquals(1, attempts.get());
    }

    @Test
    void an_attempt_that_is_given_up_leaves_nothing() {
        Done<String> done =
                runner.run(
                        transaction -> {
                            transaction.put(KEY, KEY);
                            return Attempt.abandon("given up");
                        });

        assertEquals(new Done<>("given up", 0), done);
        try (Snapshot snapshot = store.snapshot()) {
            assertTrue(snapshot.get(KEY).isEmpty());
        }
    }

    @Test
    void a_conflict_that_outlasts_the_time_limit_of_the_user_is_no_conflict_to_him() {
        assertCode(
                ErrorCode.MAX_TIME_EXPIRED,
                () ->
                        runner.run(
                                20,
                                transaction -> {
                                    throw error(ErrorCode.WRITE_CONFLICT);
                                }));
    }
}
