package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Whoever repeats a transaction under its key changes nothing twice. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IdempotencyTest {

    private static final byte[] COUNTER = {1};
    private static final int WORK = 14;
    private static final StorageOptions SMALL =
            StorageOptions.DEFAULTS.withMemtableBytesMax(1_500).withLogFileBytesMax(2_048);

    private static TransactionOptions named(int number) {
        IdempotencyKey key = new IdempotencyKey(new byte[] {(byte) number, 9});
        return TransactionOptions.SNAPSHOT.withKey(key);
    }

    private static long counter(ReadView view) {
        return view.get(COUNTER).map(found -> ByteBuffer.wrap(found.value()).getLong()).orElse(0L);
    }

    /** Adds one, and says what the counter was then. */
    private static CommittedOutcome increment(KeyValueStore store, int number) {
        try (Transaction transaction = store.begin(named(number))) {
            byte[] next = ByteBuffer.allocate(8).putLong(counter(transaction) + 1).array();
            transaction.put(COUNTER, next);
            transaction.keepResult(next);
            long sequence = transaction.commit();
            return transaction.earlierOutcome().orElse(new CommittedOutcome(sequence, next));
        }
    }

    @Test
    void a_client_that_retries_over_crashes_counts_each_of_its_requests_once() {
        boolean isFinished = false;
        for (long count = 0; !isFinished; count += 3) {
            FaultyDirectory directory = FaultyDirectory.crashingAfter(count);
            List<CommittedOutcome> answers = new ArrayList<>();
            isFinished = work(directory, answers);
            long place = count;
            for (CrashPolicy policy : CrashPolicy.values()) {
                List<CommittedOutcome> repeated = new ArrayList<>();
                FaultyDirectory left = directory.afterCrash(policy, count);
                assertTrue(work(left, repeated), () -> policy + " at " + place);
                assertEquals(
                        answers,
                        repeated.subList(0, answers.size()),
                        () -> policy + " at " + place);
                assertCounted(left, policy + " at " + place);
            }
        }
    }

    private static boolean work(FaultyDirectory directory, List<CommittedOutcome> answers) {
        try (EmbeddedStore store = EmbeddedStore.open(directory, SMALL)) {
            for (int number = 0; number < WORK; number++) {
                answers.add(increment(store, number));
            }
            return true;
        } catch (SmilodonException stopped) {
            return false;
        }
    }

    private static void assertCounted(FaultyDirectory directory, String where) {
        try (EmbeddedStore store = EmbeddedStore.open(directory, SMALL);
                Snapshot snapshot = store.snapshot()) {
            assertEquals(WORK, counter(snapshot), where);
        }
    }

    @Test
    void a_commit_of_unknown_outcome_may_be_repeated_after_reopening() {
        FaultyDirectory directory = new FaultyDirectory();
        EmbeddedStore store = EmbeddedStore.open(directory, SMALL);
        increment(store, 1);
        directory.fail(FaultRule.next(Operation.SYNC, ".log", Fault.INPUT_OUTPUT_ERROR));
        SmilodonException error = assertThrows(SmilodonException.class, () -> increment(store, 2));
        assertEquals(ErrorCode.COMMIT_UNKNOWN, error.code());
        store.close();
        for (CrashPolicy policy : CrashPolicy.values()) {
            FaultyDirectory left = directory.afterCrash(policy, 1);
            try (EmbeddedStore again = EmbeddedStore.open(left, SMALL)) {
                increment(again, 2);
                try (Snapshot snapshot = again.snapshot()) {
                    assertEquals(2, counter(snapshot), policy::toString);
                }
            }
        }
    }

    @Test
    void equal_keys_at_the_same_time_take_effect_once_and_all_get_the_same_answer()
            throws Exception {
        int threads = 6;
        try (KeyValueStore store = EmbeddedStore.open(new MemoryDirectory(), SMALL);
                ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int round = 0; round < 30; round++) {
                int number = round;
                CyclicBarrier start = new CyclicBarrier(threads);
                List<Future<CommittedOutcome>> running = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    running.add(
                            pool.submit(
                                    () -> {
                                        start.await();
                                        return retry(store, number);
                                    }));
                }
                CommittedOutcome first = running.get(0).get();
                for (Future<CommittedOutcome> one : running) {
                    assertEquals(first, one.get());
                }
                try (Snapshot snapshot = store.snapshot()) {
                    assertEquals(round + 1, counter(snapshot));
                }
            }
        }
    }

    /** An increment may lose the counter to its twin before its key does. */
    private static CommittedOutcome retry(KeyValueStore store, int number) {
        while (true) {
            try {
                return increment(store, number);
            } catch (SmilodonException conflict) {
                assertEquals(ErrorCode.WRITE_CONFLICT, conflict.code());
            }
        }
    }
}
