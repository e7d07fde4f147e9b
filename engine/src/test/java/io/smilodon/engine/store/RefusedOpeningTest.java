package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Progress;
import io.smilodon.engine.check.StoreChecker;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileNumber;
import io.smilodon.engine.log.Clocks;
import io.smilodon.engine.manifest.Manifest;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A directory that is not opened is left as it is, so that it can still be saved. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RefusedOpeningTest {

    private static final StorageOptions OPTIONS =
            StorageOptions.DEFAULTS
                    .withLogFileBytesMax(1_000)
                    .withRetention(RetentionSettings.DEFAULTS.withFeed(0, 0));

    private static final Random RANDOM = new Random(11);

    /**
     * Segments, several log files, the last with several frames, and what a crash may leave beside
     * them.
     */
    private static FaultyDirectory stopped() throws IOException {
        FaultyDirectory directory = new FaultyDirectory();
        StoreEnvironment unmarked =
                new StoreEnvironment(Clocks.REAL, RANDOM::nextLong, Long.MAX_VALUE, 1 << 20);
        EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS, unmarked);
        for (int number = 0; number < 30; number++) {
            store.write(new WriteBatch().put(new byte[] {1, (byte) number}, new byte[100]));
            if (number == 10) {
                store.checkpoint();
            }
        }
        FaultyDirectory left = directory.afterCrash(CrashPolicy.KEEP_ALL, 1);
        store.close();
        left.replace("000000000099.segment.tmp", new byte[] {1});
        left.replace("000000000098.log", new byte[1_000]);
        left.replace("MANIFEST.tmp", new byte[] {3});
        return left;
    }

    private static Map<String, byte[]> bytes(FaultyDirectory directory) throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        for (String name : directory.list()) {
            all.put(name, directory.bytes(name));
        }
        return all;
    }

    /** Of a file that a flush has given up, and not yet deleted, nobody would notice the damage. */
    private static String named(FaultyDirectory directory, String suffix, boolean isFirst)
            throws IOException {
        return Manifest.read(directory).orElseThrow().state().names().stream()
                .sorted()
                .filter(name -> name.endsWith(suffix))
                .reduce((first, second) -> isFirst ? first : second)
                .orElseThrow();
    }

    private static void assertLeftAlone(FaultyDirectory directory) throws IOException {
        Map<String, byte[]> before = bytes(directory);
        long operations = directory.operations();
        SmilodonException refused =
                assertThrows(SmilodonException.class, () -> EmbeddedStore.open(directory, OPTIONS));
        assertEquals(ErrorCode.DATA_CORRUPTION_DETECTED, refused.code());
        assertEquals(operations, directory.operations(), "no operation changed anything");
        Map<String, byte[]> after = bytes(directory);
        assertEquals(before.keySet(), after.keySet());
        before.forEach((name, content) -> assertArrayEquals(content, after.get(name), name));
        assertEquals(0, directory.openFiles());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_damaged_log_is_refused_before_anything_is_touched(boolean isFirst) throws IOException {
        FaultyDirectory directory = stopped();
        String name = named(directory, ".log", isFirst);
        byte[] content = directory.bytes(name);
        content[content.length / 4] ^= 1;
        content[60] ^= 1;
        directory.replace(name, content);
        assertLeftAlone(directory);
    }

    @Test
    void a_damaged_segment_is_refused_before_anything_is_touched() throws IOException {
        FaultyDirectory directory = stopped();
        String name = named(directory, ".segment", true);
        byte[] content = directory.bytes(name);
        content[content.length - 3] ^= 1;
        directory.replace(name, content);
        assertLeftAlone(directory);
    }

    @Test
    void a_missing_log_is_refused_before_anything_is_touched() throws IOException {
        FaultyDirectory directory = stopped();
        directory.delete(named(directory, ".log", true));
        assertLeftAlone(directory);
    }

    /** No stop leaves one like that: it may be all that is left of what lost edits have named. */
    @Test
    void an_unknown_segment_that_tells_nothing_is_refused_before_anything_is_touched()
            throws IOException {
        FaultyDirectory directory = stopped();
        directory.replace("000000000099.segment", new byte[] {2});
        assertLeftAlone(directory);
    }

    /** Its first frame follows the edit that names it: so that one is lost, whatever it was. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_unknown_log_that_cannot_be_read_is_refused_before_anything_is_touched(boolean hasHeader)
            throws IOException {
        FaultyDirectory directory = stopped();
        byte[] known = directory.bytes(named(directory, ".log", false));
        byte[] content = Arrays.copyOf(known, FileHeader.BYTES + 10);
        content[FileHeader.BYTES + 8] ^= 1;
        content[0] ^= (byte) (hasHeader ? 0 : 1);
        directory.replace("000000000099.log", content);
        assertFalse(StoreChecker.check(directory, Progress.SILENT).isGood());
        assertLeftAlone(directory);
    }

    /** As where the files of two directories were copied into one. */
    @ParameterizedTest
    @ValueSource(strings = {".log", ".segment"})
    void a_file_of_another_database_is_refused_before_anything_is_touched(String suffix)
            throws IOException {
        FaultyDirectory other = stopped();
        byte[] content = other.bytes(named(other, suffix, true));
        for (long number = 1; number < 50; number++) {
            FaultyDirectory directory = stopped();
            String name = FileNumber.text(number) + suffix;
            if (!directory.list().contains(name)) {
                directory.replace(name, content);
                assertFalse(StoreChecker.check(directory, Progress.SILENT).isGood());
                assertLeftAlone(directory);
            }
        }
    }

    @Test
    void what_is_not_damaged_is_opened_and_cleaned() throws IOException {
        FaultyDirectory directory = stopped();
        try (EmbeddedStore store = EmbeddedStore.open(directory, OPTIONS)) {
            assertTrue(store.recovery().replayedCommits() > 0);
        }
        assertTrue(directory.list().stream().noneMatch(name -> name.endsWith(".tmp")));
        assertTrue(directory.list().stream().noneMatch(name -> name.contains("98.")));
    }
}
