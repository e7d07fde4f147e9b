package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Limits;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.feed.ChangeFeed;
import io.smilodon.engine.feed.FeedToken;
import io.smilodon.engine.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the change feed of every store must do. */
public abstract class FeedContract extends TransactionContract {

    private static final Duration LONG = Duration.ofSeconds(30);

    private List<String> all(long sequence) {
        try (ChangeFeed feed = store.changesSince(sequence)) {
            return Feeds.texts(Feeds.drain(feed));
        }
    }

    @Test
    void a_feed_gives_the_commits_in_their_order_with_notes_and_changes() {
        put("a", "1");
        try (Transaction transaction = store.begin()) {
            transaction.put(bytes("c"), bytes("2"));
            transaction.note(bytes("why"));
            transaction.delete(bytes("a"));
            transaction.retire(bytes("x"));
            transaction.note(bytes("then"));
            transaction.put(bytes("b"), bytes("2"));
            transaction.commit();
        }
        store.write(new WriteBatch().note(bytes("only")));

        assertEquals(List.of("a=1", "why,then+~x,-a,b=2,c=2", "only+"), all(0));
    }

    @Test
    void a_feed_gives_sequence_and_time_of_each_commit() {
        long before = System.currentTimeMillis();
        long first = store.write(new WriteBatch().put(bytes("a"), bytes("1")));
        long second = store.write(new WriteBatch().put(bytes("a"), bytes("2")));
        try (ChangeFeed feed = store.changesSince(0)) {
            List<ChangeBatch> batches = Feeds.drain(feed);
            assertEquals(
                    List.of(first, second), batches.stream().map(ChangeBatch::sequence).toList());
            assertTrue(batches.get(0).millis() <= batches.get(1).millis());
            assertTrue(batches.get(0).millis() >= before);
            assertTrue(batches.get(1).time().toEpochMilli() <= System.currentTimeMillis());
        }
    }

    @Test
    void what_did_not_commit_is_not_in_the_feed() {
        put("a", "1");
        try (Transaction loser = store.begin();
                Transaction abandoned = store.begin()) {
            loser.put(bytes("a"), bytes("2"));
            abandoned.put(bytes("b"), bytes("2"));
            put("a", "3");
            assertCode(ErrorCode.WRITE_CONFLICT, loser::commit);
        }
        assertEquals(List.of("a=1", "a=3"), all(0));
    }

    @Test
    void the_outcome_of_a_transaction_is_the_stores_own_and_not_in_the_feed() {
        IdempotencyKey key = new IdempotencyKey(bytes("once"));
        try (Transaction transaction = store.begin(TransactionOptions.SNAPSHOT.withKey(key))) {
            transaction.put(bytes("a"), bytes("1"));
            transaction.keepResult(bytes("done"));
            transaction.commit();
        }
        assertEquals(List.of("a=1"), all(0));
    }

    @Test
    void a_feed_says_where_it_stands_before_and_behind_each_batch() {
        put("a", "1");
        long second = store.write(new WriteBatch().put(bytes("a"), bytes("2")));
        try (ChangeFeed feed = store.changesSince(second)) {
            FeedToken start = feed.token();
            assertEquals(second, start.sequence());
            put("a", "3");
            put("a", "4");
            try (ChangeFeed again = store.changesSince(start)) {
                assertEquals(List.of("a=3", "a=4"), Feeds.texts(Feeds.drain(again)));
            }
            assertEquals(start, feed.token());
            assertEquals(feed.poll().orElseThrow().token(), feed.token());
        }
        try (ChangeFeed future = store.changesFrom(Instant.now().plusSeconds(1_000))) {
            assertEquals(Optional.empty(), future.poll());
            try (ChangeFeed again = store.changesSince(future.token())) {
                assertEquals(Optional.empty(), again.poll());
            }
        }
    }

    @Test
    void a_feed_begins_behind_a_snapshot() {
        put("a", "1");
        try (Snapshot snapshot = store.snapshot();
                ChangeFeed feed = store.changesSince(snapshot.sequence())) {
            assertEquals(Optional.empty(), feed.poll());
            put("a", "2");
            put("a", "3");
            assertEquals(List.of("a=2", "a=3"), Feeds.texts(Feeds.drain(feed)));
        }
    }

    @Test
    void a_feed_begins_with_the_first_commit_at_an_instant() {
        put("a", "1");
        List<ChangeBatch> batches = new ArrayList<>();
        try (ChangeFeed feed = store.changesSince(0)) {
            while (batches.isEmpty() || batches.get(0).millis() == last(batches).millis()) {
                put("b", "2");
                batches.addAll(Feeds.drain(feed));
            }
        }
        Instant instant = last(batches).time();
        batches.removeIf(batch -> batch.time().isBefore(instant));
        try (ChangeFeed feed = store.changesFrom(instant);
                ChangeFeed future = store.changesFrom(instant.plusSeconds(1_000))) {
            assertEquals(sequences(batches), sequences(Feeds.drain(feed)));
            assertEquals(Optional.empty(), future.poll());
        }
    }

    private static ChangeBatch last(List<ChangeBatch> batches) {
        return batches.get(batches.size() - 1);
    }

    private static List<Long> sequences(List<ChangeBatch> batches) {
        return batches.stream().map(ChangeBatch::sequence).toList();
    }

    @Test
    void a_token_goes_on_behind_its_batch() {
        put("a", "1");
        put("a", "2");
        FeedToken token;
        try (ChangeFeed feed = store.changesSince(0)) {
            token = feed.poll().orElseThrow().token();
        }
        put("a", "3");
        try (ChangeFeed feed = store.changesSince(token)) {
            assertEquals(List.of("a=2", "a=3"), Feeds.texts(Feeds.drain(feed)));
        }
    }

    @Test
    void a_token_whose_commit_is_another_or_not_there_is_refused() {
        put("a", "1");
        FeedToken token;
        try (ChangeFeed feed = store.changesSince(0)) {
            token = feed.poll().orElseThrow().token();
        }
        for (FeedToken wrong :
                List.of(
                        new FeedToken(token.sequence(), token.millis() + 1),
                        new FeedToken(token.sequence(), token.millis() - 1),
                        new FeedToken(token.sequence() + 100, token.millis()))) {
            assertCode(
                    ErrorCode.CHANGE_STREAM_HISTORY_LOST, () -> store.changesSince(wrong).close());
        }
    }

    @Test
    void a_sequence_of_the_future_is_refused() {
        put("a", "1");
        long sequence = store.statistics().sequence();
        store.changesSince(sequence).close();
        assertCode(ErrorCode.BAD_VALUE, () -> store.changesSince(sequence + 1).close());
        assertCode(ErrorCode.BAD_VALUE, () -> store.changesSince(-1).close());
    }

    @Test
    void a_batch_of_several_frames_comes_whole() {
        byte[] large = new byte[Limits.VALUE_BYTES_MAX];
        try (Transaction transaction = store.begin()) {
            for (String key : List.of("a", "b", "c")) {
                transaction.put(bytes(key), large);
            }
            transaction.commit();
        }
        put("d", "1");
        String bytes = "=" + large.length + " bytes";
        assertEquals(List.of("a" + bytes + ",b" + bytes + ",c" + bytes, "d=1"), all(0));
    }

    /** Runs a thread that waits for a batch, and something else meanwhile. */
    private static CompletableFuture<Optional<ChangeBatch>> waiting(
            ChangeFeed feed, Consumer<Thread> meanwhile) {
        CompletableFuture<Optional<ChangeBatch>> result = new CompletableFuture<>();
        Thread thread =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    try {
                                        result.complete(feed.next(LONG));
                                    } catch (RuntimeException failure) {
                                        result.completeExceptionally(failure);
                                    }
                                });
        Await.until(
                "it waits",
                () -> thread.getState() == Thread.State.TIMED_WAITING || result.isDone());
        meanwhile.accept(thread);
        return result.orTimeout(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void who_waits_gets_the_next_commit() {
        try (ChangeFeed feed = store.changesSince(0)) {
            Optional<ChangeBatch> batch = waiting(feed, thread -> put("a", "1")).join();
            assertEquals("a=1", Feeds.text(batch.orElseThrow()));
        }
    }

    @Test
    void who_waits_in_vain_gets_nothing_after_the_time() {
        try (ChangeFeed feed = store.changesSince(0)) {
            long start = System.nanoTime();
            assertEquals(Optional.empty(), feed.next(Duration.ofMillis(20)));
            assertTrue(System.nanoTime() - start >= Duration.ofMillis(20).toNanos());
            assertEquals(Optional.empty(), feed.next(Duration.ZERO));
        }
    }

    @Test
    void an_interrupt_ends_a_wait_and_harms_nothing() {
        put("a", "1");
        try (ChangeFeed feed = store.changesSince(store.statistics().sequence());
                ChangeFeed reader = store.changesSince(0)) {
            assertEquals(Optional.empty(), waiting(feed, Thread::interrupt).join());

            Thread.currentThread().interrupt();
            assertEquals("a=1", Feeds.text(reader.next(LONG).orElseThrow()));
            assertEquals(Optional.empty(), reader.next(LONG));
            assertTrue(Thread.interrupted(), "the flag stays set");

            put("b", "2");
            assertEquals(List.of("b=2"), Feeds.texts(Feeds.drain(feed)));
            assertEquals(List.of("b=2"), Feeds.texts(Feeds.drain(reader)));
        }
    }

    @Test
    void closing_a_feed_ends_its_waits() {
        ChangeFeed feed = store.changesSince(0);
        CompletableFuture<Optional<ChangeBatch>> wait = waiting(feed, thread -> feed.close());
        assertCode(ErrorCode.SHUTDOWN_IN_PROGRESS, () -> unwrapped(wait));
        assertCode(ErrorCode.SHUTDOWN_IN_PROGRESS, feed::poll);
        feed.close();
    }

    @Test
    void closing_the_store_ends_all_waits() {
        try (ChangeFeed feed = store.changesSince(0)) {
            CompletableFuture<Optional<ChangeBatch>> wait = waiting(feed, thread -> store.close());
            assertCode(ErrorCode.SHUTDOWN_IN_PROGRESS, () -> unwrapped(wait));
            assertCode(ErrorCode.SHUTDOWN_IN_PROGRESS, feed::poll);
            assertCode(ErrorCode.SHUTDOWN_IN_PROGRESS, () -> store.changesSince(0).close());
        }
    }

    private static void unwrapped(CompletableFuture<?> wait) {
        Throwable failure = wait.handle((batch, thrown) -> thrown).join();
        throw (SmilodonException) failure;
    }

    @Test
    void figures_tell_how_far_feeds_are_behind() {
        put("a", "1");
        put("a", "2");
        try (ChangeFeed slow = store.changesSince(0);
                ChangeFeed fast = store.changesSince(0)) {
            Feeds.drain(fast);
            assertEquals(2, store.statistics().feeds().open());
            assertEquals(2, store.statistics().feeds().batches());
            assertTrue(store.statistics().feeds().lag() >= 2);
            Feeds.drain(slow);
            assertEquals(0, store.statistics().feeds().lag());
        }
        assertEquals(0, store.statistics().feeds().open());
        assertEquals(0, store.statistics().feeds().oldest());
    }

    @Test
    void there_are_only_so_many_feeds() {
        List<ChangeFeed> feeds = new ArrayList<>();
        for (int count = 0; count < Limits.CHANGE_FEEDS_MAX; count++) {
            feeds.add(store.changesSince(0));
        }
        assertCode(ErrorCode.EXCEEDED_MEMORY_LIMIT, () -> store.changesSince(0).close());
        feeds.remove(0).close();
        store.changesSince(0).close();
        feeds.forEach(ChangeFeed::close);
        assertFalse(feeds.isEmpty());
    }
}
