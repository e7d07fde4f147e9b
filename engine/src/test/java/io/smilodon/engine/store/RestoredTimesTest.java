package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which commit was the last at which instant, of commits of earlier runs. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestoredTimesTest {

    private static final long START = 1_700_000_000_000L;
    private static final byte[] KEY = {1, 1};
    private static final StorageOptions OPTIONS =
            StorageOptions.DEFAULTS.withLogFileBytesMax(2_000);
    private static final StorageOptions NO_LOGS =
            OPTIONS.withRetention(RetentionSettings.DEFAULTS.withFeed(0, 0));

    private final AtomicLong wall = new AtomicLong(START);
    private final List<Long> commits = new ArrayList<>();
    private FaultyDirectory directory = new FaultyDirectory();

    private EmbeddedStore open(StorageOptions options) {
        Clocks clocks = new Clocks(() -> 0, wall::get);
        return EmbeddedStore.open(
                directory,
                options,
                new StoreEnvironment(clocks, new Random(1)::nextLong, Long.MAX_VALUE, 300));
    }

    /** Commit number n happens at second n; one in five takes several frames. */
    private void write(EmbeddedStore store, int count) {
        for (int number = 0; number < count; number++) {
            wall.addAndGet(1_000);
            int next = commits.size() + 1;
            byte[] value = new byte[next % 5 == 0 ? 900 : 50];
            value[0] = (byte) next;
            commits.add(store.write(new WriteBatch().put(KEY, value)));
        }
    }

    private static Instant second(double seconds) {
        return Instant.ofEpochMilli(START + (long) (1_000 * seconds));
    }

    private void assertEveryMoment(EmbeddedStore store) {
        for (int number = 1; number <= commits.size(); number++) {
            for (double later : new double[] {0, 0.5, 0.999}) {
                Instant instant = second(number + later);
                if (instant.toEpochMilli() <= wall.get()) {
                    assertEquals(number, valueAt(store, instant), "at " + (number + later));
                }
            }
        }
    }

    private static int valueAt(EmbeddedStore store, Instant instant) {
        try (Snapshot past = store.snapshotAsOf(store.sequenceAt(instant))) {
            return past.get(KEY).orElseThrow().value()[0];
        }
    }

    private void kill(EmbeddedStore store) {
        directory.crash();
        store.close();
        directory = directory.afterCrash(CrashPolicy.KEEP_ALL, 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void every_moment_is_known_exactly_over_closing_and_killing(boolean isKilled) {
        for (int run = 0; run < 3; run++) {
            EmbeddedStore store = open(OPTIONS);
            assertEveryMoment(store);
            write(store, 12);
            store.checkpoint();
            write(store, 15);
            assertEveryMoment(store);
            if (isKilled) {
                kill(store);
            } else {
                store.close();
            }
        }
        wall.addAndGet(500);
        try (EmbeddedStore store = open(OPTIONS)) {
            assertEveryMoment(store);
            SmilodonException error =
                    assertThrows(SmilodonException.class, () -> store.sequenceAt(second(0.999)));
            assertEquals(ErrorCode.SNAPSHOT_TOO_OLD, error.code());
        }
    }

    @Test
    void without_kept_logs_what_is_not_known_is_refused() {
        try (EmbeddedStore store = open(NO_LOGS)) {
            write(store, 20);
            assertEveryMoment(store);
        }
        try (EmbeddedStore store = open(NO_LOGS)) {
            write(store, 2);
            for (int number = 1; number < 20; number++) {
                Instant instant = second(number + 0.5);
                SmilodonException error =
                        assertThrows(SmilodonException.class, () -> store.sequenceAt(instant));
                assertEquals(ErrorCode.SNAPSHOT_TOO_OLD, error.code());
            }
            assertEquals(20, valueAt(store, second(20.5)));
            assertEquals(21, valueAt(store, second(21.5)));
        }
    }

    @Test
    void what_lies_in_a_log_that_has_been_deleted_is_refused() {
        try (EmbeddedStore store = open(OPTIONS)) {
            write(store, 40);
        }
        StorageOptions few = OPTIONS.withRetention(RetentionSettings.DEFAULTS.withFeed(60_000, 1));
        try (EmbeddedStore store = open(few)) {
            assertEquals(20, valueAt(store, second(20.5)));
            write(store, 20);
            store.checkpoint();
            Await.until(
                    "old logs are gone",
                    () -> store.statistics().keptLogs().oldestSequence() >= commits.get(38));
            int refused = 0;
            for (int number = 1; number <= 60; number++) {
                Instant instant = second(number);
                try {
                    assertEquals(number, valueAt(store, instant));
                } catch (SmilodonException unknown) {
                    assertEquals(ErrorCode.SNAPSHOT_TOO_OLD, unknown.code());
                    refused = number;
                }
            }
            assertTrue(refused > 20 && refused < 40, "refused up to " + refused);
        }
    }
}
