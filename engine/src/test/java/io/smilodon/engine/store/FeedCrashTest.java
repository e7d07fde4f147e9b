package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.feed.ChangeFeed;
import io.smilodon.engine.feed.FeedToken;
import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The machine stops at every operation of a workload that a feed follows. The feed of what is left
 * gives the commits that are left; who followed goes on with its token, or learns that its commit
 * was lost.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FeedCrashTest {

    private static final int COMMITS = 24;

    private final AtomicLong millis = new AtomicLong(1_000);
    private final List<ChangeBatch> followed = new ArrayList<>();
    private int acknowledged;

    @Test
    void a_feed_outlives_a_crash_of_a_synced_store() {
        crashEverywhere(SyncMode.SYNC, 3);
    }

    @Test
    void a_feed_outlives_a_crash_of_an_unsynced_store() {
        crashEverywhere(SyncMode.NONE, 5);
    }

    @Test
    void a_feed_outlives_a_crash_of_a_store_synced_by_interval() {
        crashEverywhere(SyncMode.INTERVAL, 11);
    }

    private EmbeddedStore open(FaultyDirectory directory, SyncMode mode, long seed) {
        Random random = new Random(seed);
        return EmbeddedStore.open(
                directory,
                StorageOptions.DEFAULTS
                        .withSyncMode(mode)
                        .withSyncIntervalMillis(10)
                        .withMemtableBytesMax(3_000)
                        .withLogFileBytesMax(1_000)
                        .withSegmentCountMax(2),
                new StoreEnvironment(
                        new Clocks(System::nanoTime, millis::incrementAndGet),
                        random::nextLong,
                        seed % 2 == 0 ? 0 : Long.MAX_VALUE,
                        300));
    }

    private void crashEverywhere(SyncMode mode, int step) {
        boolean isFinished = false;
        long count = 0;
        while (!isFinished) {
            FaultyDirectory directory = FaultyDirectory.crashingAfter(count);
            isFinished = run(directory, mode, count);
            for (CrashPolicy policy : CrashPolicy.values()) {
                long seed = count;
                verify(
                        directory.afterCrash(policy, seed),
                        mode,
                        seed,
                        () -> mode + " " + policy + " seed " + seed);
            }
            count += step;
        }
        assertTrue(count > 60, "the workload has many operations");
    }

    private static WriteBatch batch(int number) {
        byte[] key = ("k" + number % 5).getBytes(StandardCharsets.UTF_8);
        byte[] value =
                Integer.toString(number)
                        .repeat(number % 6 == 0 ? 400 : 1)
                        .getBytes(StandardCharsets.UTF_8);
        return new WriteBatch()
                .put(key, value)
                .note(Integer.toString(number).getBytes(StandardCharsets.UTF_8));
    }

    private static int number(ChangeBatch batch) {
        return Integer.parseInt(new String(batch.notes().get(0), StandardCharsets.UTF_8));
    }

    private boolean run(FaultyDirectory directory, SyncMode mode, long seed) {
        followed.clear();
        acknowledged = 0;
        try (EmbeddedStore store = open(directory, mode, seed);
                ChangeFeed feed = store.changesSince(0)) {
            for (int number = 1; number <= COMMITS; number++) {
                store.write(batch(number));
                acknowledged = number;
                followed.addAll(Feeds.drain(feed));
                assertEquals(number, followed.size(), "what is acknowledged is in the feed");
                if (number % 10 == 0) {
                    store.checkpoint();
                }
            }
        } catch (SmilodonException stopped) {
            return false;
        }
        return true;
    }

    private void verify(FaultyDirectory left, SyncMode mode, long seed, Supplier<String> where) {
        List<ChangeBatch> kept;
        try (EmbeddedStore store = open(left, mode, seed + 1)) {
            kept = all(store);
            for (int index = 0; index < kept.size(); index++) {
                assertEquals(index + 1, number(kept.get(index)), where);
            }
            assertTrue(mode != SyncMode.SYNC || kept.size() >= acknowledged, where);
            resumeEach(store, kept, where);
            while (kept.size() < COMMITS + 4) {
                store.write(batch(kept.size() + 1));
                kept = all(store);
            }
            resumeEach(store, kept, where);
        }
        try (EmbeddedStore store = open(left, mode, seed + 2)) {
            assertEquals(tokens(kept), tokens(all(store)), where);
            resumeEach(store, kept, where);
        }
    }

    private static List<ChangeBatch> all(EmbeddedStore store) {
        try (ChangeFeed feed = store.changesSince(0)) {
            return Feeds.drain(feed);
        }
    }

    private static List<FeedToken> tokens(List<ChangeBatch> batches) {
        return batches.stream().map(ChangeBatch::token).toList();
    }

    /** Goes on from each batch that was followed before the crash. */
    private void resumeEach(EmbeddedStore store, List<ChangeBatch> kept, Supplier<String> where) {
        List<FeedToken> there = tokens(kept);
        for (ChangeBatch batch : followed) {
            int index = there.indexOf(batch.token());
            if (index >= 0) {
                try (ChangeFeed feed = store.changesSince(batch.token())) {
                    List<FeedToken> rest = tokens(Feeds.drain(feed));
                    assertEquals(there.subList(index + 1, there.size()), rest, where);
                }
            } else {
                SmilodonException lost =
                        assertThrows(
                                SmilodonException.class,
                                () -> store.changesSince(batch.token()).close(),
                                where);
                assertEquals(ErrorCode.CHANGE_STREAM_HISTORY_LOST, lost.code(), where);
                assertEquals(batch.sequence(), lost.details().get("sequence"), where);
            }
        }
    }
}
