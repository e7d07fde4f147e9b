package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.feed.ChangeBatch;
import io.smilodon.engine.feed.ChangeFeed;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Feeds on disks that fail. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FeedFaultTest {

    private static final StorageOptions OPTIONS =
            StorageOptions.DEFAULTS
                    .withLogFileBytesMax(1_000)
                    .withSpace(SpaceSettings.DEFAULTS.withProbeMillis(1));

    private final FaultyDirectory directory = new FaultyDirectory();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static WriteBatch batch(int number) {
        return new WriteBatch().put(bytes("k"), bytes(number + "x".repeat(90)));
    }

    private static List<Integer> numbers(List<ChangeBatch> batches) {
        return batches.stream()
                .map(Feeds::text)
                .map(text -> Integer.parseInt(text.replaceAll("k=|x", "")))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"INPUT_OUTPUT_ERROR", "BIT_FLIP"})
    void a_damaged_read_is_reported_and_the_feed_stays_where_it_is(Fault fault) {
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS);
                ChangeFeed feed = store.changesSince(0)) {
            for (int number = 1; number <= 30; number++) {
                store.write(batch(number));
            }
            assertEquals(1, numbers(List.of(feed.poll().orElseThrow())).get(0));
            directory.fail(new FaultRule(Operation.READ, name -> true, 3, 1, fault));
            SmilodonException error =
                    assertThrows(SmilodonException.class, () -> Feeds.drain(feed));
            assertEquals(
                    fault == Fault.BIT_FLIP
                            ? ErrorCode.DATA_CORRUPTION_DETECTED
                            : ErrorCode.INTERNAL_ERROR,
                    error.code());
            assertTrue(
                    String.valueOf(error.details().get("file")).endsWith(".log"),
                    error.getMessage());
            directory.heal();
            int next = numbers(List.of(feed.poll().orElseThrow())).get(0);
            List<Integer> rest = numbers(Feeds.drain(feed));
            assertEquals(30 - next, rest.size());
            assertEquals(30, rest.get(rest.size() - 1));
        }
    }

    /** What a failed write left behind is cut off and written anew, with the same numbers. */
    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NO_SPACE", "LATE_ERROR", "SHORT_WRITE"})
    void a_commit_that_could_not_be_written_is_never_in_a_feed(Fault fault) {
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS);
                ChangeFeed feed = store.changesSince(0)) {
            for (int number = 1; number <= 60; number++) {
                if (number % 3 == 0) {
                    directory.fail(FaultRule.next(Operation.WRITE, ".log", fault));
                }
                writeUntilDone(store, number);
                directory.heal();
                assertEquals(List.of(number), numbers(Feeds.drain(feed)));
            }
        }
    }

    private static void writeUntilDone(EmbeddedStore store, int number) {
        boolean isDone = false;
        while (!isDone) {
            try {
                store.write(batch(number));
                isDone = true;
            } catch (SmilodonException refused) {
                assertTrue(
                        refused.code().equals(ErrorCode.OUT_OF_DISK_SPACE)
                                || refused.code().equals(ErrorCode.OPERATION_FAILED),
                        refused.getMessage());
            }
        }
    }

    @Test
    void a_commit_whose_sync_failed_is_not_in_the_feed() {
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS);
                ChangeFeed feed = store.changesSince(0)) {
            store.write(batch(1));
            directory.fail(FaultRule.next(Operation.SYNC, ".log", Fault.INPUT_OUTPUT_ERROR));
            assertThrows(SmilodonException.class, () -> store.write(batch(2)));
            assertEquals(List.of(1), numbers(Feeds.drain(feed)));
        }
    }

    /** At every moment of the disk: what the feed gives by then outlives a power loss then. */
    @Test
    void a_synced_commit_is_not_in_the_feed_before_it_is_durable() {
        AtomicInteger seen = new AtomicInteger();
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS);
                ChangeFeed feed = store.changesSince(0)) {
            directory.observe(
                    state ->
                            Feeds.drain(feed)
                                    .forEach(
                                            batch -> {
                                                requireDurable(batch);
                                                seen.incrementAndGet();
                                            }));
            for (int number = 1; number <= 40; number++) {
                store.write(batch(number));
            }
            directory.observe(state -> {});
        }
        assertTrue(seen.get() > 20, "the feed was looked at between commits");
    }

    private void requireDurable(ChangeBatch batch) {
        FaultyDirectory left = directory.afterCrash(CrashPolicy.DROP_ALL, 1);
        directory.resume();
        try (EmbeddedStore store = EmbeddedStore.open(left, OPTIONS)) {
            assertTrue(store.statistics().sequence() >= batch.sequence());
        }
    }
}
