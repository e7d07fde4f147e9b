package io.smilodon.engine.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.check.StoreChecker;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileCopy;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.SeededStores;
import io.smilodon.engine.store.SeededStores.Tuning;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.WriteBatch;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Direction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BackupTest {

    private static final Tuning UNMARKED = new Tuning(1, Long.MAX_VALUE, 1 << 20);
    private static final StorageOptions OPTIONS =
            StorageOptions.DEFAULTS
                    .withMemtableBytesMax(20_000)
                    .withLogFileBytesMax(8_000)
                    .withSegmentCountMax(3);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static WriteBatch batch(String key, String value) {
        return new WriteBatch().put(bytes(key), bytes(value));
    }

    private static Map<String, String> contents(KeyValueStore store) {
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

    private static BackupList restore(StorageDirectory backup, StorageDirectory target)
            throws IOException {
        Restore restore = Restore.verified(backup, Progress.SILENT);
        restore.to(target);
        return restore.list();
    }

    /** A small backup with a segment and a log: two commits, however long they take. */
    private static FaultyDirectory smallBackup() {
        FaultyDirectory backup = new FaultyDirectory();
        try (EmbeddedStore store = SeededStores.open(new MemoryDirectory(), OPTIONS, UNMARKED)) {
            store.write(batch("a", "1"));
            store.checkpoint();
            store.write(batch("b", "2"));
            store.backup(backup, Progress.SILENT);
        }
        return backup;
    }

    @Test
    void a_backup_under_load_restores_to_exactly_its_cut() throws IOException {
        Map<Long, Map.Entry<String, String>> history = new ConcurrentSkipListMap<>();
        AtomicBoolean stops = new AtomicBoolean();
        List<Map.Entry<FaultyDirectory, BackupList>> backups = new ArrayList<>();
        try (EmbeddedStore store = EmbeddedStore.open(new MemoryDirectory(), OPTIONS)) {
            List<Thread> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                int mine = writer;
                writers.add(Thread.ofPlatform().start(() -> write(store, mine, history, stops)));
            }
            for (int round = 0; round < 12; round++) {
                int wanted = (round + 1) * 400;
                Await.until("there are more commits", () -> history.size() >= wanted);
                FaultyDirectory backup = new FaultyDirectory();
                backups.add(Map.entry(backup, store.backup(backup, Progress.SILENT)));
            }
            stops.set(true);
            Await.until("they have ended", () -> writers.stream().noneMatch(Thread::isAlive));
        }
        for (Map.Entry<FaultyDirectory, BackupList> backup : backups) {
            FaultyDirectory target = new FaultyDirectory();
            long sequence = restore(backup.getKey(), target).sequence();
            assertEquals(sequence, backup.getValue().sequence());
            assertTrue(StoreChecker.check(target, Progress.SILENT).isGood());
            Map<String, String> model = new TreeMap<>();
            history.forEach(
                    (written, write) -> {
                        if (written <= sequence) {
                            model.put(write.getKey(), write.getValue());
                        }
                    });
            try (EmbeddedStore store = EmbeddedStore.open(target, OPTIONS)) {
                assertEquals(model, contents(store));
                assertTrue(store.write(batch("next", "1")) > sequence);
            }
        }
    }

    private static void write(
            EmbeddedStore store,
            int writer,
            Map<Long, Map.Entry<String, String>> history,
            AtomicBoolean stops) {
        for (int number = 0; !stops.get(); number++) {
            String key = "writer " + writer + " key " + number % 97;
            String value = "value " + number + " " + "x".repeat(number % 50);
            history.put(store.write(batch(key, value)), Map.entry(key, value));
        }
    }

    @Test
    void an_empty_store_can_be_backed_up() throws IOException {
        FaultyDirectory backup = new FaultyDirectory();
        try (EmbeddedStore store = EmbeddedStore.open(new MemoryDirectory(), OPTIONS)) {
            assertEquals(0, store.backup(backup, Progress.SILENT).sequence());
        }
        FaultyDirectory target = new FaultyDirectory();
        restore(backup, target);
        try (EmbeddedStore store = EmbeddedStore.open(target, OPTIONS)) {
            assertEquals(Map.of(), contents(store));
        }
    }

    @Test
    void every_flipped_bit_of_the_list_and_of_the_files_is_refused_before_the_target_is_touched()
            throws IOException {
        FaultyDirectory backup = smallBackup();
        for (String name : backup.list()) {
            byte[] good = backup.bytes(name);
            int step = name.equals(BackupList.NAME) ? 1 : 13;
            for (int bit = 0; bit < good.length * 8; bit += step) {
                byte[] bad = good.clone();
                bad[bit / 8] ^= (byte) (1 << bit % 8);
                backup.replace(name, bad);
                int place = bit;
                FaultyDirectory target = new FaultyDirectory();
                SmilodonException error =
                        assertThrows(
                                SmilodonException.class,
                                () -> restore(backup, target),
                                () -> name + " bit " + place);
                assertTrue(
                        error.code().equals(ErrorCode.DATA_CORRUPTION_DETECTED)
                                || error.code().equals(ErrorCode.UNSUPPORTED_FORMAT),
                        () -> name + " bit " + place + ": " + error);
                assertEquals(0, target.operations(), () -> name + " bit " + place);
            }
            backup.replace(name, good);
        }
        assertEquals(2, restore(backup, new FaultyDirectory()).sequence());
    }

    @Test
    void a_missing_or_shortened_file_is_refused() throws IOException {
        FaultyDirectory backup = smallBackup();
        for (String name : backup.list()) {
            byte[] good = backup.bytes(name);
            backup.replace(name, new byte[0]);
            assertThrows(
                    SmilodonException.class, () -> restore(backup, new FaultyDirectory()), name);
            backup.delete(name);
            assertThrows(
                    SmilodonException.class, () -> restore(backup, new FaultyDirectory()), name);
            backup.replace(name, good);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../MANIFEST",
                "/etc/passwd",
                "..",
                "LOCK",
                "OWNER",
                "BACKUP",
                "000000000001.segment.tmp",
                "000000000001.segment/x",
                "a\\b",
                "00000000001.log",
                "MANIFEST.tmp",
                "000000000001.logx"
            })
    void names_that_no_backup_holds_are_refused(String name) {
        BackupFile manifest = new BackupFile("MANIFEST", 1, new byte[32]);
        BackupFile hostile = new BackupFile(name, 1, new byte[32]);
        BackupList list = new BackupList(1, 1, Instant.EPOCH, List.of(manifest, hostile));

        SmilodonException error =
                assertThrows(SmilodonException.class, () -> BackupList.decode(list.encode()));

        assertEquals(ErrorCode.DATA_CORRUPTION_DETECTED, error.code());
    }

    @Test
    void a_list_has_one_form_only() {
        BackupFile manifest = new BackupFile("MANIFEST", 1, new byte[32]);
        BackupList twice = new BackupList(1, 1, Instant.EPOCH, List.of(manifest, manifest));
        BackupList none = new BackupList(1, 1, Instant.EPOCH, List.of());
        BackupList good = new BackupList(-1, 7, Instant.EPOCH, List.of(manifest));

        assertThrows(SmilodonException.class, () -> BackupList.decode(twice.encode()));
        assertThrows(SmilodonException.class, () -> BackupList.decode(none.encode()));
        assertThrows(
                SmilodonException.class,
                () -> BackupList.decode(resigned(good, "sequence 7", "sequence 07")));
        assertThrows(
                SmilodonException.class,
                () -> BackupList.decode(resigned(good, "sequence 7", "sequence +7")));
        assertThrows(
                SmilodonException.class, () -> BackupList.decode(resigned(good, "\n", "\r\n")));
        assertThrows(SmilodonException.class, () -> BackupList.decode(new byte[0]));
        assertEquals(7, BackupList.decode(good.encode()).sequence());
    }

    /** The list with another text, and a digest that fits it. */
    private static byte[] resigned(BackupList list, String from, String to) {
        String text = new String(list.encode(), StandardCharsets.US_ASCII);
        String above = text.substring(0, text.indexOf("digest ")).replace(from, to);
        String digest = HexFormat.of().formatHex(FileCopy.sha256().digest(bytes(above)));
        return bytes(above + "digest " + digest + "\n");
    }

    @Test
    void a_backup_is_not_opened_as_a_data_directory() {
        FaultyDirectory backup = smallBackup();

        SmilodonException error =
                assertThrows(SmilodonException.class, () -> EmbeddedStore.open(backup, OPTIONS));

        assertEquals(ErrorCode.ILLEGAL_OPERATION, error.code());
    }

    @Test
    void a_crash_at_any_point_of_a_backup_leaves_a_whole_one_or_one_that_is_refused()
            throws IOException {
        try (EmbeddedStore store = SeededStores.open(new MemoryDirectory(), OPTIONS, UNMARKED)) {
            store.write(batch("a", "1"));
            store.checkpoint();
            store.write(batch("b", "2"));
            boolean isDone = false;
            for (long count = 0; !isDone; count++) {
                FaultyDirectory target = FaultyDirectory.crashingAfter(count);
                isDone = isBackedUp(store, target);
                for (CrashPolicy policy : CrashPolicy.values()) {
                    FaultyDirectory left = target.afterCrash(policy, count);
                    assertWholeOrRefused(left, isDone);
                }
            }
            assertEquals("2", contents(store).get("b"), "the store goes on");
        }
    }

    private static boolean isBackedUp(EmbeddedStore store, FaultyDirectory target) {
        try {
            store.backup(target, Progress.SILENT);
            return true;
        } catch (SmilodonException stopped) {
            assertTrue(stopped.getCause() instanceof IOException, stopped::toString);
            return false;
        }
    }

    private static void assertWholeOrRefused(FaultyDirectory backup, boolean mustBeWhole)
            throws IOException {
        FaultyDirectory target = new FaultyDirectory();
        try {
            restore(backup, target);
        } catch (SmilodonException refused) {
            assertFalse(mustBeWhole, refused::toString);
            assertEquals(0, target.operations());
            return;
        }
        try (EmbeddedStore store = EmbeddedStore.open(target, OPTIONS)) {
            assertEquals(Map.of("a", "1", "b", "2"), contents(store));
        }
    }

    @Test
    void a_crash_at_any_point_of_a_restore_leaves_all_or_what_cannot_be_opened()
            throws IOException {
        FaultyDirectory backup = smallBackup();
        boolean isDone = false;
        for (long count = 0; !isDone; count++) {
            FaultyDirectory target = FaultyDirectory.crashingAfter(count);
            try {
                restore(backup, target);
                isDone = true;
            } catch (IOException stopped) {
                assertFalse(isDone);
            }
            for (CrashPolicy policy : CrashPolicy.values()) {
                FaultyDirectory left = target.afterCrash(policy, count);
                assertAllOrNothing(left, isDone);
            }
        }
    }

    private static void assertAllOrNothing(FaultyDirectory left, boolean mustBeWhole) {
        try (EmbeddedStore store = EmbeddedStore.open(left, OPTIONS)) {
            Map<String, String> found = contents(store);
            boolean isWhole = found.equals(Map.of("a", "1", "b", "2"));
            assertTrue(isWhole || !mustBeWhole && found.isEmpty(), found::toString);
        } catch (SmilodonException refused) {
            assertFalse(mustBeWhole, refused::toString);
        }
    }

    @Test
    void a_restore_touches_only_an_empty_directory() throws IOException {
        FaultyDirectory target = new FaultyDirectory();
        target.replace("something", new byte[1]);

        SmilodonException error =
                assertThrows(SmilodonException.class, () -> restore(smallBackup(), target));

        assertEquals(ErrorCode.ILLEGAL_OPERATION, error.code());
        assertEquals(0, target.operations());
    }

    @Test
    void a_backup_does_not_pass_on_damage() throws IOException {
        FaultyDirectory living = new FaultyDirectory();
        try (EmbeddedStore store = EmbeddedStore.open(living, OPTIONS)) {
            store.write(batch("a", "1"));
            store.checkpoint();
            String name =
                    living.list().stream()
                            .filter(file -> file.endsWith(".segment"))
                            .findFirst()
                            .orElseThrow();
            byte[] bad = living.bytes(name);
            bad[60] ^= 1;
            living.replace(name, bad);

            FaultyDirectory target = new FaultyDirectory();
            SmilodonException error =
                    assertThrows(
                            SmilodonException.class, () -> store.backup(target, Progress.SILENT));

            assertEquals(ErrorCode.DATA_CORRUPTION_DETECTED, error.code());
            assertFalse(target.list().contains(BackupList.NAME));
        }
    }

    @Test
    void a_full_disk_fails_the_backup_and_not_the_store() {
        try (EmbeddedStore store = EmbeddedStore.open(new MemoryDirectory(), OPTIONS)) {
            store.write(batch("a", "1"));
            FaultyDirectory target = new FaultyDirectory();
            target.fail(
                    new FaultRule(
                            FaultRule.Operation.WRITE,
                            name -> true,
                            1,
                            1,
                            FaultRule.Fault.NO_SPACE));

            assertFalse(isBackedUp(store, target));
            assertTrue(store.write(batch("b", "2")) > 0);
            assertTrue(isBackedUp(store, new FaultyDirectory()));
        }
    }
}
