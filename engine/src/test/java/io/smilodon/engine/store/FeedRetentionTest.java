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
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Feeds whose log is deleted before they have read it, and tokens of commits that were lost. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FeedRetentionTest {

    private static final long HOUR = 60 * 60_000L;

    private final FaultyDirectory directory = new FaultyDirectory();
    private final AtomicLong millis = new AtomicLong(1_700_000_000_000L);
    private final Random random = new Random(5);

    private EmbeddedStore open(FaultyDirectory place, long bytes, SyncMode mode) {
        return EmbeddedStore.open(
                place,
                StorageOptions.DEFAULTS
                        .withSyncMode(mode)
                        .withLogFileBytesMax(2_000)
                        .withRetention(RetentionSettings.DEFAULTS.withFeed(HOUR, bytes)),
                new StoreEnvironment(
                        new Clocks(System::nanoTime, millis::get),
                        random::nextLong,
                        Long.MAX_VALUE,
                        1 << 20));
    }

    private void write(EmbeddedStore store, int count) {
        for (int number = 0; number < count; number++) {
            millis.incrementAndGet();
            store.write(new WriteBatch().put(new byte[] {1, (byte) number}, new byte[400]));
        }
    }

    private static SmilodonException lost(Runnable action) {
        SmilodonException lost = assertThrows(SmilodonException.class, action::run);
        assertEquals(ErrorCode.CHANGE_STREAM_HISTORY_LOST, lost.code(), lost.getMessage());
        assertTrue(lost.hint().isPresent());
        return lost;
    }

    private static FeedToken last(EmbeddedStore store) {
        try (ChangeFeed feed = store.changesSince(store.statistics().feeds().oldest())) {
            List<ChangeBatch> batches = Feeds.drain(feed);
            return batches.get(batches.size() - 1).token();
        }
    }

    @Test
    void a_feed_that_is_overtaken_learns_that_its_history_is_gone() {
        try (EmbeddedStore store = open(directory, 10_000, SyncMode.SYNC);
                ChangeFeed feed = store.changesSince(0)) {
            write(store, 2);
            ChangeBatch first = feed.poll().orElseThrow();
            write(store, 60);
            assertEquals(2, feed.poll().orElseThrow().sequence(), "still there");
            store.checkpoint();
            long oldest = store.statistics().feeds().oldest();
            assertTrue(oldest > 30, "the log was cut");

            for (int call = 0; call < 2; call++) {
                SmilodonException lost = lost(feed::poll);
                assertEquals(2L, lost.details().get("sequence"));
                assertEquals(oldest, lost.details().get("oldest"));
            }
            lost(() -> store.changesSince(first.token()).close());
            lost(() -> store.changesSince(oldest - 1).close());
            lost(() -> store.changesFrom(first.time()).close());
            try (ChangeFeed rest = store.changesSince(oldest)) {
                assertEquals(62 - oldest, Feeds.drain(rest).size());
            }
        }
    }

    @Test
    void a_feed_that_nobody_reads_holds_no_deleted_file() {
        try (EmbeddedStore store = open(directory, 5_000, SyncMode.SYNC);
                ChangeFeed feed = store.changesSince(0)) {
            write(store, 1);
            store.checkpoint();
            int files = directory.openFiles();
            assertTrue(feed.poll().isPresent());
            assertEquals(files + 1, directory.openFiles());
            write(store, 60);
            store.checkpoint();
            int segments = store.statistics().segmentCount();
            Await.until(
                    "the log is closed",
                    () -> directory.openFiles() <= files + store.statistics().segmentCount() - 1);
            assertTrue(segments > 0);
        }
    }

    @Test
    void an_instant_in_the_oldest_file_is_found_after_reopening() {
        try (EmbeddedStore store = open(directory, 1 << 20, SyncMode.SYNC)) {
            write(store, 30);
        }
        try (EmbeddedStore store = open(directory, 5_000, SyncMode.SYNC)) {
            write(store, 1);
            store.checkpoint();
            long oldest = store.statistics().feeds().oldest();
            assertTrue(oldest > 0);
            Instant second;
            try (ChangeFeed feed = store.changesSince(oldest)) {
                feed.poll();
                second = feed.poll().orElseThrow().time();
            }
            try (ChangeFeed feed = store.changesFrom(second)) {
                assertEquals(oldest + 2, feed.poll().orElseThrow().sequence());
            }
            lost(() -> store.changesFrom(second.minusMillis(2)).close());
        }
    }

    @Test
    void who_has_read_everything_can_go_on_however_long_nothing_is_written() {
        FeedToken token;
        try (EmbeddedStore store = open(directory, 3_000, SyncMode.SYNC)) {
            write(store, 20);
            token = last(store);
            millis.addAndGet(100 * HOUR);
            for (int count = 0; count < 10; count++) {
                store.checkpoint();
            }
            assertEquals(2, KeptLogs.files(directory).size(), "empty files do not pile up");
            store.changesSince(token).close();
        }
        millis.addAndGet(100 * HOUR);
        try (EmbeddedStore store = open(directory, 3_000, SyncMode.SYNC);
                ChangeFeed feed = store.changesSince(token)) {
            store.checkpoint();
            assertEquals(Optional.empty(), feed.poll());
            write(store, 1);
            assertEquals(token.sequence() + 1, feed.poll().orElseThrow().sequence());
        }
    }

    @Test
    void without_retention_a_feed_lives_from_what_a_recovery_would_need() {
        FeedToken token;
        try (EmbeddedStore store = open(directory, 0, SyncMode.SYNC);
                ChangeFeed feed = store.changesSince(0)) {
            write(store, 10);
            assertEquals(10, Feeds.drain(feed).size());
            token = last(store);
        }
        try (EmbeddedStore store = open(directory, 0, SyncMode.SYNC)) {
            lost(() -> store.changesSince(token).close());
            store.changesSince(token.sequence()).close();
        }
    }

    /** A clock that stands still gives the new commit no chance to look like the lost one. */
    @ParameterizedTest
    @EnumSource(
            value = SyncMode.class,
            names = {"INTERVAL", "NONE"})
    void the_token_of_a_lost_commit_is_refused_even_if_its_number_is_given_anew(SyncMode mode) {
        FeedToken kept;
        FeedToken token;
        FaultyDirectory left;
        byte[] key = {1, 1};
        try (EmbeddedStore store = open(directory, 1 << 20, mode)) {
            store.write(new WriteBatch().put(key, new byte[1]), SyncMode.SYNC);
            kept = last(store);
            store.write(new WriteBatch().put(key, new byte[2]));
            token = last(store);
            assertEquals(kept.sequence() + 1, token.sequence());
            assertEquals(kept.millis(), token.millis());
            left = directory.afterCrash(CrashPolicy.DROP_ALL, 1);
            directory.resume();
        }
        try (EmbeddedStore store = open(left, 1 << 20, mode)) {
            assertEquals(kept.sequence(), store.statistics().sequence());
            lost(() -> store.changesSince(token).close());
            store.write(new WriteBatch().put(key, new byte[3]));
            store.write(new WriteBatch().put(key, new byte[4]));
            assertEquals(token.sequence() + 1, store.statistics().sequence());
            lost(() -> store.changesSince(token).close());
            try (ChangeFeed feed = store.changesSince(kept)) {
                assertEquals(2, Feeds.drain(feed).size());
            }
        }
    }
}
