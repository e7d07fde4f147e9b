package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Limits;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.log.Clocks;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How long a store remembers the outcome of a transaction with a key. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutcomeExpiryTest {

    private static final byte[] COUNTER = {1};

    private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);
    private final Random random = new Random(1);
    private final MemoryDirectory directory = new MemoryDirectory();
    private EmbeddedStore store = open();

    private EmbeddedStore open() {
        return EmbeddedStore.open(
                directory,
                StorageOptions.DEFAULTS.withSyncMode(SyncMode.NONE),
                new StoreEnvironment(
                        new Clocks(() -> TimeUnit.MILLISECONDS.toNanos(millis.get()), millis::get),
                        random::nextLong,
                        Long.MAX_VALUE,
                        1 << 20));
    }

    private void reopen() {
        store.close();
        store = open();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static IdempotencyKey key(int number) {
        return new IdempotencyKey(ByteBuffer.allocate(4).putInt(number).array());
    }

    /** Whether the transaction took effect now, not earlier. */
    private boolean run(int number) {
        try (Transaction transaction =
                store.begin(TransactionOptions.SNAPSHOT.withKey(key(number)))) {
            if (transaction.earlierOutcome().isPresent()) {
                return false;
            }
            transaction.put(COUNTER, new byte[] {(byte) number});
            transaction.commit();
            return true;
        }
    }

    private boolean isKnown(int number) {
        return !store.outcome(key(number)).equals(Optional.empty());
    }

    @Test
    void an_outcome_counts_for_a_day_also_over_a_reopening() {
        assertTrue(run(1));
        millis.addAndGet(Limits.IDEMPOTENT_OUTCOME_MILLIS_MAX);
        assertFalse(run(1));
        reopen();
        assertFalse(run(1));
        millis.incrementAndGet();
        assertFalse(isKnown(1));
        assertTrue(run(1), "as if it had never been");
        assertFalse(run(1));
        reopen();
        assertFalse(run(1));
    }

    @Test
    void only_the_newest_outcomes_count_also_over_a_reopening() {
        int count = Limits.IDEMPOTENT_OUTCOMES_MAX;
        for (int number = 0; number < count; number++) {
            assertTrue(run(number));
        }
        assertTrue(isKnown(0));
        assertTrue(run(count));
        for (int round = 0; round < 3; round++) {
            assertFalse(isKnown(0), "the oldest gives way");
            assertTrue(isKnown(1));
            assertTrue(isKnown(count));
            if (round == 1) {
                store.checkpoint();
            }
            reopen();
        }
        assertTrue(run(0));
        assertFalse(isKnown(1));
        assertEquals(0, store.recovery().replayedCommits(), "read from segments");
    }
}
