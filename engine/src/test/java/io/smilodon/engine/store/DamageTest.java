package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.Checksum;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.log.FrameMap;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every byte of the log and the manifest, damaged or cut off: is the verdict the right one? */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DamageTest {

    private static final int COMMITS = 5;

    /** Header, payload of a one-key batch, checksum. */
    private static final int FRAME_BYTES = 42 + (1 + 1 + 1 + 2 + 1 + 1) + 4;

    private static final StorageOptions OPTIONS = StorageOptions.DEFAULTS.withLogFileBytesMax(600);

    private static StoreEnvironment environment(long markDelay) {
        return new StoreEnvironment(Clocks.REAL, new Random(1)::nextLong, markDelay, 1 << 20);
    }

    private static EmbeddedStore open(FaultyDirectory directory) {
        return EmbeddedStore.open(directory, OPTIONS, environment(Long.MAX_VALUE));
    }

    private static byte[] key(int number) {
        return new byte[] {1, (byte) number};
    }

    /** What is on disk when the process dies after the commits. */
    private static FaultyDirectory afterCommits() {
        FaultyDirectory directory = new FaultyDirectory();
        try (EmbeddedStore store = open(directory)) {
            for (int number = 1; number <= COMMITS; number++) {
                store.write(new WriteBatch().put(key(number), new byte[] {(byte) number}));
            }
            return directory.afterCrash(CrashPolicy.KEEP_ALL, 1);
        }
    }

    private static String logName(FaultyDirectory directory) throws IOException {
        return directory.list().stream()
                .filter(name -> name.endsWith(".log"))
                .findFirst()
                .orElseThrow();
    }

    private static int commitsIn(FaultyDirectory directory) {
        try (EmbeddedStore store = open(directory);
                Snapshot snapshot = store.snapshot()) {
            int found = 0;
            while (found < COMMITS && snapshot.get(key(found + 1)).isPresent()) {
                found++;
            }
            for (int number = found + 1; number <= COMMITS; number++) {
                assertEquals(Optional.empty(), snapshot.get(key(number)), "no hole");
            }
            return found;
        }
    }

    private static FaultyDirectory with(FaultyDirectory image, String name, byte[] content) {
        FaultyDirectory copy = image.afterCrash(CrashPolicy.KEEP_ALL, 1);
        copy.replace(name, content);
        return copy;
    }

    private static void assertCorrupt(FaultyDirectory directory, String where) {
        SmilodonException error =
                assertThrows(SmilodonException.class, () -> open(directory).close(), where);
        assertEquals(ErrorCode.DATA_CORRUPTION_DETECTED, error.code(), where);
        assertTrue(error.details().containsKey("offset"), where);
    }

    @Test
    void a_log_cut_anywhere_keeps_its_whole_frames() throws IOException {
        FaultyDirectory image = afterCommits();
        String name = logName(image);
        byte[] log = image.bytes(name);
        int end = FileHeader.BYTES + COMMITS * FRAME_BYTES;
        for (int length = FileHeader.BYTES; length <= end; length++) {
            FaultyDirectory cut = with(image, name, Arrays.copyOf(log, length));
            assertEquals((length - FileHeader.BYTES) / FRAME_BYTES, commitsIn(cut));
        }
        for (int length = 0; length < FileHeader.BYTES; length++) {
            assertCorrupt(with(image, name, Arrays.copyOf(log, length)), "length " + length);
        }
    }

    @Test
    void a_damaged_byte_is_refused_where_a_later_frame_proves_it_was_synced() throws IOException {
        FaultyDirectory image = afterCommits();
        String name = logName(image);
        byte[] log = image.bytes(name);
        int lastFrame = FileHeader.BYTES + (COMMITS - 1) * FRAME_BYTES;
        for (int at = 0; at < lastFrame + FRAME_BYTES + 60; at++) {
            byte[] bad = log.clone();
            bad[at] ^= (byte) (1 << at % 8);
            FaultyDirectory damaged = with(image, name, bad);
            if (at < lastFrame) {
                assertCorrupt(damaged, "byte " + at);
            } else {
                boolean isLast = at < lastFrame + FRAME_BYTES;
                assertEquals(isLast ? COMMITS - 1 : COMMITS, commitsIn(damaged), "byte " + at);
            }
        }
    }

    @Test
    void damage_names_the_file_the_offset_and_the_frame() throws IOException {
        FaultyDirectory image = afterCommits();
        String name = logName(image);
        byte[] log = image.bytes(name);
        log[FileHeader.BYTES + 2 * FRAME_BYTES + 40] ^= 1;
        image.replace(name, log);
        SmilodonException error = assertThrows(SmilodonException.class, () -> open(image).close());
        assertEquals(name, error.details().get("file"));
        assertEquals(FileHeader.BYTES + 2L * FRAME_BYTES, error.details().get("offset"));
        assertEquals(3L, error.details().get("lsn"));
    }

    @Test
    void a_torn_tail_is_cut_and_reported() throws IOException {
        FaultyDirectory image = afterCommits();
        String name = logName(image);
        byte[] log = image.bytes(name);
        int lastFrame = FileHeader.BYTES + (COMMITS - 1) * FRAME_BYTES;
        log[lastFrame + 40] ^= 1;
        image.replace(name, log);
        try (EmbeddedStore store = open(image)) {
            RecoveryReport.TornTail tail = store.recovery().tornTail().orElseThrow();
            assertEquals(
                    new RecoveryReport.TornTail(name, lastFrame, COMMITS, FRAME_BYTES, COMMITS),
                    tail);
            assertEquals(COMMITS - 1, store.recovery().replayedCommits());
        }
    }

    @Test
    void no_byte_of_the_manifest_can_be_damaged_unnoticed() throws IOException {
        FaultyDirectory directory = new FaultyDirectory();
        try (EmbeddedStore store = open(directory)) {
            for (int number = 1; number <= COMMITS; number++) {
                store.write(new WriteBatch().put(key(number), new byte[] {(byte) number}));
                if (number == 3) {
                    store.checkpoint();
                }
            }
        }
        byte[] manifest = directory.bytes("MANIFEST");
        int refused = 0;
        for (int at = 0; at < manifest.length; at++) {
            byte[] bad = manifest.clone();
            bad[at] ^= (byte) (1 << at % 8);
            FaultyDirectory damaged = with(directory, "MANIFEST", bad);
            try {
                assertEquals(COMMITS, commitsIn(damaged), "byte " + at);
            } catch (SmilodonException error) {
                assertEquals(ErrorCode.DATA_CORRUPTION_DETECTED, error.code(), "byte " + at);
                refused++;
            }
        }
        assertTrue(refused > manifest.length / 2, "refused " + refused);
    }

    /** The first edit alone says that the store is empty; its segments would be orphans. */
    @Test
    void a_manifest_that_lost_all_edits_but_the_first_is_refused() throws IOException {
        FaultyDirectory directory = new FaultyDirectory();
        try (EmbeddedStore store = open(directory)) {
            store.write(new WriteBatch().put(key(1), new byte[] {1}));
            store.checkpoint();
            byte[] manifest = directory.bytes("MANIFEST");
            int firstEdit = FrameMap.of(manifest, 1).get(0).end();
            byte[] cut = Arrays.copyOf(manifest, firstEdit);
            assertCorrupt(with(directory, "MANIFEST", cut), "one edit");
            directory.resume();
        }
    }

    @Test
    void a_missing_file_is_refused() throws IOException {
        FaultyDirectory image = afterCommits();
        image.delete(logName(image));
        assertCorrupt(image, "log");
        FaultyDirectory other = afterCommits();
        other.delete("MANIFEST");
        assertCorrupt(other, "manifest");
    }

    @ParameterizedTest
    @CsvSource({"1, older", "3, newer"})
    void another_format_is_refused_with_both_versions(short major, String age) throws IOException {
        FaultyDirectory image = afterCommits();
        byte[] manifest = image.bytes("MANIFEST");
        ByteBuffer header = ByteBuffer.wrap(manifest);
        header.putShort(8, major);
        header.putInt(FileHeader.BYTES - 4, Checksum.of(manifest, 0, FileHeader.BYTES - 4));
        image.replace("MANIFEST", manifest);
        SmilodonException error = assertThrows(SmilodonException.class, () -> open(image).close());
        assertEquals(ErrorCode.UNSUPPORTED_FORMAT, error.code());
        assertEquals(major + ".0", error.details().get("formatVersion"));
        assertEquals("2.0", error.details().get("readableVersion"));
        assertEquals("MANIFEST", error.details().get("file"));
        assertTrue(error.hint().orElseThrow().contains(age + " version"), error::toString);
    }
}
