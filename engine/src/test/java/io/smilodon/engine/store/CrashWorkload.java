package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.DiskState;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Direction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Numbered commits, so that what a recovered store contains tells how many of them it has: exactly
 * the first so many, each whole.
 */
final class CrashWorkload {

    private static final String COUNTER = "counter";

    private final SyncMode mode;
    private final StoreEnvironment environment;
    private final boolean isAligned;
    private final boolean keepsLogs;
    private int issued;
    private int acknowledged;

    CrashWorkload(SyncMode mode, long seed) {
        this(mode, seed, true);
    }

    /**
     * @param keepsLogs whether feeds may want commits that are in segments
     */
    CrashWorkload(SyncMode mode, long seed, boolean keepsLogs) {
        this.mode = mode;
        this.keepsLogs = keepsLogs;
        Random random = new Random(seed);
        long markDelay = seed % 2 == 0 ? 0 : Long.MAX_VALUE;
        this.isAligned = seed % 3 == 1;
        this.environment = new StoreEnvironment(Clocks.REAL, random::nextLong, markDelay, 300);
    }

    private StorageOptions options() {
        RetentionSettings retention = RetentionSettings.DEFAULTS.withHistoryMillis(0);
        return StorageOptions.DEFAULTS
                .withRetention(keepsLogs ? RetentionSettings.DEFAULTS : retention.withFeed(0, 0))
                .withLog(LogSettings.DEFAULTS.withAlignment(isAligned))
                .withSyncMode(mode)
                .withSyncIntervalMillis(10)
                .withMemtableBytesMax(3_000)
                .withLogFileBytesMax(2_048)
                .withSegmentCountMax(2);
    }

    /** Commits until the directory's machine stops; true if it did not. */
    boolean run(FaultyDirectory directory, int commits) {
        try (EmbeddedStore store = EmbeddedStore.open(directory, options(), environment)) {
            for (int number = 1; number <= commits; number++) {
                issued = number;
                store.write(batch(number));
                acknowledged = number;
                if (number % 10 == 0) {
                    store.checkpoint();
                }
            }
        } catch (SmilodonException stopped) {
            return false;
        }
        return true;
    }

    /** Every commit overwrites, removes, adds, and every tenth takes several frames. */
    private static WriteBatch batch(int number) {
        WriteBatch batch = new WriteBatch();
        changes(number).forEach((key, value) -> write(batch, key, value));
        return batch;
    }

    private static void write(WriteBatch batch, String key, Optional<String> value) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        value.ifPresentOrElse(
                text -> batch.put(bytes, text.getBytes(StandardCharsets.UTF_8)),
                () -> batch.delete(bytes));
    }

    private static Map<String, Optional<String>> changes(int number) {
        Map<String, Optional<String>> changes = new TreeMap<>();
        changes.put(COUNTER, Optional.of(Integer.toString(number)));
        changes.put("slot" + number % 7, Optional.of("v" + number));
        changes.put("own" + number, Optional.of("x".repeat(number % 8 == 0 ? 1_500 : 20)));
        if (number > 5) {
            changes.put("own" + (number - 5), Optional.empty());
        }
        return changes;
    }

    /** Whether what was acknowledged must survive a power loss. */
    boolean isDurable(CrashPolicy policy) {
        return mode == SyncMode.SYNC || policy == CrashPolicy.KEEP_ALL;
    }

    /** The moments of an opening, and of closing again. */
    List<DiskState> momentsOfRecovery(FaultyDirectory directory) {
        List<DiskState> moments = new ArrayList<>();
        directory.observe(moments::add);
        assertTrue(canOpen(directory));
        return moments;
    }

    boolean canOpen(FaultyDirectory directory) {
        try (EmbeddedStore store = EmbeddedStore.open(directory, options(), environment)) {
            return store.statistics().sequence() >= 0;
        } catch (SmilodonException stopped) {
            return false;
        }
    }

    /** Opens what is left, compares it with the model, and goes on writing. */
    void verify(FaultyDirectory left, boolean keepsAcknowledged, Supplier<String> where) {
        int found;
        try (EmbeddedStore store = EmbeddedStore.open(left, options(), environment)) {
            found = Integer.parseInt(contents(store).getOrDefault(COUNTER, "0"));
            assertTrue(found <= issued, where);
            if (keepsAcknowledged) {
                assertTrue(
                        found >= acknowledged,
                        () -> where.get() + ": has " + found + " of " + acknowledged);
            }
            assertEquals(model(found), contents(store), where);
            if (keepsLogs) {
                assertLogsHold(found, left, where);
            }
            store.write(batch(found + 1));
        }
        try (EmbeddedStore store = EmbeddedStore.open(left, options(), environment)) {
            assertEquals(model(found + 1), contents(store), where);
        }
    }

    /** Every commit is in the kept logs, once and in order, whatever stopped the store. */
    private static void assertLogsHold(
            int commits, FaultyDirectory directory, Supplier<String> where) {
        List<KeptLogs.Commit> kept = KeptLogs.read(directory);
        assertEquals(commits, kept.size(), where);
        for (int number = 1; number <= commits; number++) {
            Map<String, Optional<String>> writes = new TreeMap<>();
            kept.get(number - 1)
                    .writes()
                    .forEach(
                            write ->
                                    writes.put(
                                            text(write.key()),
                                            write.value().map(CrashWorkload::text)));
            assertEquals(changes(number), writes, where);
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Map<String, String> model(int commits) {
        Map<String, String> model = new TreeMap<>();
        for (int number = 1; number <= commits; number++) {
            changes(number)
                    .forEach(
                            (key, value) ->
                                    value.ifPresentOrElse(
                                            text -> model.put(key, text), () -> model.remove(key)));
        }
        return model;
    }

    private static Map<String, String> contents(EmbeddedStore store) {
        Map<String, String> contents = new TreeMap<>();
        try (Snapshot snapshot = store.snapshot();
                KeyCursor cursor = snapshot.cursor(KeyRange.all(), Direction.FORWARD)) {
            while (cursor.advance()) {
                contents.put(
                        new String(cursor.key(), StandardCharsets.UTF_8),
                        new String(cursor.value(), StandardCharsets.UTF_8));
            }
        }
        return contents;
    }
}
