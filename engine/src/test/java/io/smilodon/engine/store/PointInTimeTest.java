package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.backup.Restore;
import io.smilodon.engine.backup.RestoreGoal;
import io.smilodon.engine.check.StoreChecker;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Direction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** States between a backup and the end of an archive of finished log files. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PointInTimeTest {

    private static final int COMMITS = 60;
    private static final int BACKED_UP = 20;

    private static final StorageOptions OPTIONS =
            StorageOptions.DEFAULTS.withLogFileBytesMax(1_500);

    private final AtomicLong wall = new AtomicLong(1_000_000);
    private final List<Long> sequences = new ArrayList<>();
    private final FaultyDirectory backup = new FaultyDirectory();
    private FaultyDirectory archive;

    private StoreEnvironment environment() {
        return new StoreEnvironment(
                new Clocks(System::nanoTime, wall::get),
                new Random(1)::nextLong,
                Long.MAX_VALUE,
                300);
    }

    /** Commit number n has its sequence in the list, and the time 1,000,000 + 1,000 n. */
    @BeforeEach
    void write() throws IOException {
        FaultyDirectory living = new FaultyDirectory();
        try (EmbeddedStore store = EmbeddedStore.open(living, OPTIONS, environment())) {
            for (int number = 0; number < COMMITS; number++) {
                wall.addAndGet(1_000);
                sequences.add(store.write(batch(number)));
                if (number == BACKED_UP - 1) {
                    store.backup(backup, Progress.SILENT);
                }
            }
            archive = living.afterCrash(CrashPolicy.KEEP_ALL, 1);
            living.resume();
        }
        for (String name : archive.list()) {
            if (!name.endsWith(".log")) {
                archive.delete(name);
            }
        }
    }

    /** Every seventh commit takes several frames. */
    private static WriteBatch batch(int number) {
        return new WriteBatch()
                .put(bytes("key " + number % 7), bytes("value " + number))
                .put(bytes("own " + number), bytes("x".repeat(number % 7 == 0 ? 900 : 10)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> model(int commits) {
        Map<String, String> model = new TreeMap<>();
        for (int number = 0; number < commits; number++) {
            batch(number)
                    .writes()
                    .forEach(
                            write ->
                                    model.put(
                                            new String(write.key(), StandardCharsets.UTF_8),
                                            new String(
                                                    write.value().orElseThrow(),
                                                    StandardCharsets.UTF_8)));
        }
        return model;
    }

    private Map<String, String> restored(RestoreGoal goal) throws IOException {
        FaultyDirectory target = new FaultyDirectory();
        long last = Restore.verified(backup, Progress.SILENT).to(archive, goal, target);
        assertTrue(StoreChecker.check(target, Progress.SILENT).isGood());
        Map<String, String> contents = new TreeMap<>();
        try (EmbeddedStore store = EmbeddedStore.open(target, OPTIONS, environment());
                Snapshot snapshot = store.snapshot();
                KeyCursor cursor = snapshot.cursor(KeyRange.all(), Direction.FORWARD)) {
            assertEquals(last, snapshot.sequence());
            while (cursor.advance()) {
                contents.put(
                        new String(cursor.key(), StandardCharsets.UTF_8),
                        new String(cursor.value(), StandardCharsets.UTF_8));
            }
            assertTrue(store.write(new WriteBatch().put(bytes("next"), bytes("1"))) > last);
        }
        return contents;
    }

    @Test
    void every_sequence_after_the_backup_can_be_restored_exactly() throws IOException {
        int number = BACKED_UP;
        for (long to = sequences.get(BACKED_UP - 1); to <= sequences.get(COMMITS - 1); to++) {
            while (number < COMMITS && sequences.get(number) <= to) {
                number++;
            }
            assertEquals(model(number), restored(new RestoreGoal.ToSequence(to)), "to " + to);
        }
    }

    @Test
    void every_instant_after_the_backup_can_be_restored_exactly() throws IOException {
        for (int number = BACKED_UP; number < COMMITS; number += 3) {
            long millis = 1_000_000 + 1_000L * number;
            RestoreGoal at = new RestoreGoal.ToTime(Instant.ofEpochMilli(millis));
            RestoreGoal after = new RestoreGoal.ToTime(Instant.ofEpochMilli(millis + 999));
            assertEquals(model(number), restored(at), "at " + number);
            assertEquals(model(number), restored(after), "after " + number);
        }
        assertEquals(model(COMMITS), restored(new RestoreGoal.End()));
    }

    private SmilodonException refusal(RestoreGoal goal) throws IOException {
        FaultyDirectory target = new FaultyDirectory();
        Restore restore = Restore.verified(backup, Progress.SILENT);
        SmilodonException error =
                assertThrows(SmilodonException.class, () -> restore.to(archive, goal, target));
        assertEquals(0, target.operations(), "the target is not touched");
        return error;
    }

    @Test
    void a_moment_before_the_backup_is_refused() throws IOException {
        long before = sequences.get(BACKED_UP - 1) - 1;
        assertEquals(ErrorCode.BAD_VALUE, refusal(new RestoreGoal.ToSequence(before)).code());
        assertEquals(
                ErrorCode.BAD_VALUE,
                refusal(new RestoreGoal.ToTime(Instant.ofEpochMilli(1_000_001))).code());
    }

    @Test
    void a_moment_beyond_the_archive_is_refused_with_what_it_holds() throws IOException {
        long last = sequences.get(COMMITS - 1);
        SmilodonException bySequence = refusal(new RestoreGoal.ToSequence(last + 1));
        SmilodonException byTime =
                refusal(new RestoreGoal.ToTime(Instant.ofEpochMilli(wall.get() + 1)));

        assertEquals(ErrorCode.CHANGE_STREAM_HISTORY_LOST, bySequence.code());
        assertEquals(last, bySequence.details().get("archiveTo"));
        assertEquals(ErrorCode.CHANGE_STREAM_HISTORY_LOST, byTime.code());
    }

    @Test
    void a_gap_is_refused_and_what_lies_before_it_is_not() throws IOException {
        List<String> logs = archive.list();
        archive.delete(logs.get(logs.size() - 3));

        SmilodonException error = refusal(new RestoreGoal.ToSequence(sequences.get(COMMITS - 1)));
        assertEquals(ErrorCode.CHANGE_STREAM_HISTORY_LOST, error.code());
        long last = (long) error.details().get("archiveTo");
        assertTrue(last > sequences.get(BACKED_UP) && last < sequences.get(COMMITS - 1));
        assertFalse(restored(new RestoreGoal.ToSequence(last)).isEmpty());
    }

    @Test
    void damage_in_the_archive_counts_as_a_gap() throws IOException {
        List<String> logs = archive.list();
        String name = logs.get(logs.size() - 2);
        byte[] content = archive.bytes(name);
        content[200] ^= 1;
        archive.replace(name, content);

        assertEquals(
                ErrorCode.CHANGE_STREAM_HISTORY_LOST,
                refusal(new RestoreGoal.ToSequence(sequences.get(COMMITS - 1))).code());
    }

    @Test
    void the_logs_of_another_database_are_not_used() throws IOException {
        FaultyDirectory other = new FaultyDirectory();
        StoreEnvironment foreign =
                new StoreEnvironment(
                        new Clocks(System::nanoTime, wall::get),
                        new Random(2)::nextLong,
                        Long.MAX_VALUE,
                        300);
        try (EmbeddedStore store = EmbeddedStore.open(other, OPTIONS, foreign)) {
            for (int number = 0; number < COMMITS; number++) {
                store.write(batch(number));
            }
            archive = other.afterCrash(CrashPolicy.KEEP_ALL, 1);
            other.resume();
        }
        assertEquals(
                ErrorCode.CHANGE_STREAM_HISTORY_LOST,
                refusal(new RestoreGoal.ToSequence(sequences.get(BACKED_UP))).code());
    }
}
