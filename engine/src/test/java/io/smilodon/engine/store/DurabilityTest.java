package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What single writes ask for, and what time they get. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DurabilityTest {

    private final FaultyDirectory directory = new FaultyDirectory();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong millis = new AtomicLong(1_000);

    private EmbeddedStore open(FaultyDirectory place, SyncMode mode) {
        StoreEnvironment environment =
                new StoreEnvironment(
                        new Clocks(nanos::get, millis::get),
                        new Random(1)::nextLong,
                        Long.MAX_VALUE,
                        1 << 20);
        return EmbeddedStore.open(place, StorageOptions.DEFAULTS.withSyncMode(mode), environment);
    }

    private static WriteBatch put(int number) {
        return new WriteBatch().put(new byte[] {1, (byte) number}, new byte[] {7});
    }

    private int commitsAfterPowerLoss() {
        FaultyDirectory left = directory.afterCrash(CrashPolicy.DROP_ALL, 1);
        try (EmbeddedStore again = open(left, SyncMode.NONE);
                Snapshot snapshot = again.snapshot()) {
            int found = 0;
            while (snapshot.get(new byte[] {1, (byte) (found + 1)}).isPresent()) {
                found++;
            }
            return found;
        } finally {
            directory.resume();
        }
    }

    @Test
    void a_write_may_ask_for_more_and_then_all_before_it_is_durable_too() {
        try (EmbeddedStore store = open(directory, SyncMode.NONE)) {
            store.write(put(1));
            store.write(put(2));
            assertEquals(0, commitsAfterPowerLoss());
            store.write(put(3), SyncMode.SYNC);
            assertEquals(3, commitsAfterPowerLoss());
            try (Transaction transaction = store.begin()) {
                transaction.put(new byte[] {1, 4}, new byte[] {7});
                transaction.commit(SyncMode.SYNC);
            }
            assertEquals(4, commitsAfterPowerLoss());
        }
    }

    @Test
    void a_write_that_asks_for_less_gets_what_is_configured() {
        try (EmbeddedStore store = open(directory, SyncMode.SYNC)) {
            store.write(put(1), SyncMode.NONE);
            assertEquals(1, commitsAfterPowerLoss());
        }
    }

    /** Waking another thread would cost about as much as the sync itself. */
    @Test
    void a_commit_by_itself_is_synced_by_its_client_though_it_is_interrupted() {
        try (EmbeddedStore store = open(directory, SyncMode.SYNC)) {
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            directory.observe(state -> threads.add(Thread.currentThread()));
            Thread.currentThread().interrupt();
            store.write(put(1));
            assertTrue(Thread.interrupted(), "the flag is still set");
            assertEquals(Set.of(Thread.currentThread()), threads);
            assertEquals(1, commitsAfterPowerLoss());
        }
    }

    @Test
    void a_write_may_ask_for_the_interval_where_nothing_is_synced() {
        try (EmbeddedStore store = open(directory, SyncMode.NONE)) {
            nanos.set(1_000_000_000L);
            store.write(put(1));
            long before = store.statistics().syncs();
            store.write(put(2), SyncMode.INTERVAL);
            Await.until("the log thread has ticked", () -> store.statistics().syncs() > before);
            assertEquals(2, commitsAfterPowerLoss());
        }
    }

    @Test
    void times_of_commits_never_go_back_not_even_over_a_reopening() {
        long first;
        long second;
        try (EmbeddedStore store = open(directory, SyncMode.SYNC)) {
            first = store.write(put(1));
            millis.set(500);
            second = store.write(put(2));
            assertEquals(
                    OptionalLong.of(second),
                    store.commitTimes().sequenceAt(Instant.ofEpochMilli(1_000)));
            millis.set(3_000);
            long third = store.write(put(3));
            assertEquals(
                    OptionalLong.of(second),
                    store.commitTimes().sequenceAt(Instant.ofEpochMilli(2_999)));
            assertEquals(
                    OptionalLong.of(third),
                    store.commitTimes().sequenceAt(Instant.ofEpochMilli(3_000)));
        }
        FaultyDirectory left = directory.afterCrash(CrashPolicy.DROP_ALL, 1);
        millis.set(10);
        try (EmbeddedStore store = open(left, SyncMode.SYNC)) {
            assertTrue(second > first);
            long fourth = store.write(put(4));
            assertEquals(
                    Instant.ofEpochMilli(3_000), store.commitTimes().timeOf(fourth).orElseThrow());
        }
    }
}
