package io.smilodon.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.segment.Segment;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How keys that are new among others are compacted, as those of indexes in a load. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NewKeysTest {

    private static final byte[] SCANNED = {1, 0, 0, 0, 7};

    private final FaultyDirectory directory = new FaultyDirectory();
    private long sequence;

    private void put(CompactionBed bed, int first, int second, int third) {
        byte[] key = {(byte) first, (byte) second, (byte) third};
        bed.add(key, Optional.of(new byte[300]), ++sequence);
    }

    private long versions(CompactionBed bed) {
        return bed.levels().all().stream().mapToLong(Segment::entryCount).sum();
    }

    /** Keys that lie among those of every other number. */
    private void among(CompactionBed bed, int number) throws IOException {
        for (int key = 0; key < 120; key++) {
            put(bed, 1, key, number);
        }
        bed.flush();
    }

    @Test
    void new_keys_among_others_wait_for_more_of_them_before_they_are_merged() throws IOException {
        CompactionPolicy policy =
                new CompactionPolicy(new LevelZeroRules(2, 6, 1L << 40), 1 << 20, 1 << 20, 10);
        try (CompactionBed bed = new CompactionBed(directory, 1, policy)) {
            for (int number = 1; number <= 6; number++) {
                among(bed, number);
                assertFalse(bed.compactor().isDue());
                assertFalse(bed.step(), "level 0 has " + number);
            }
            among(bed, 7);
            assertTrue(bed.compactor().isDue());
            bed.compactAll();
            assertEquals(0, bed.levels().level(0).size());
            assertEquals(1, bed.compactor().statistics(0, 0, false).merges());

            for (int number = 11; number <= 16; number++) {
                among(bed, number);
                assertFalse(bed.step(), "level 0 has " + number % 10);
            }
            among(bed, 17);
            long written = bed.compactor().statistics(0, 0, false).bytesOut();
            bed.compactAll();
            CompactionStatistics done = bed.compactor().statistics(0, 0, false);
            assertEquals(1, done.moves(), "the first keys make room");
            assertEquals(2, done.merges());
            assertEquals(2 * written, done.bytesOut(), written / 4.0); // not 3
            assertEquals(1, bed.levels().level(2).size());
            assertEquals(14 * 120, versions(bed));
        }
    }

    @Test
    void new_keys_are_merged_without_being_read_when_no_more_of_them_come() throws IOException {
        CompactionPolicy policy =
                new CompactionPolicy(new LevelZeroRules(2, 6, 1L << 40), 1 << 20, 1 << 20, 10);
        try (CompactionBed bed = new CompactionBed(directory, 1, policy)) {
            among(bed, 1);
            among(bed, 2);
            bed.compactor().gather();
            assertFalse(bed.step(), "level 0 is not full");
            among(bed, 3);
            assertFalse(bed.step(), "more may come");
            bed.compactor().gather();
            assertTrue(bed.step());
            assertEquals(0, bed.levels().level(0).size());
            assertEquals(3 * 120, versions(bed));
            assertFalse(bed.step());
        }
    }

    /** A load of new keys, all of which are merged then. */
    private void load(CompactionBed bed, int number) throws IOException {
        for (int key = 1; key <= 7; key++) {
            among(bed, number + key);
        }
        bed.compactAll();
    }

    /** How many segments there are on levels 1 to 4. */
    private static List<Integer> counts(CompactionBed bed) {
        return IntStream.rangeClosed(1, 4)
                .map(level -> bed.levels().level(level).size())
                .boxed()
                .toList();
    }

    @Test
    void what_makes_room_for_new_keys_goes_down_to_level_three() throws IOException {
        CompactionPolicy policy =
                new CompactionPolicy(new LevelZeroRules(2, 6, 1L << 40), 1 << 20, 1 << 20, 10);
        try (CompactionBed bed = new CompactionBed(directory, 1, policy)) {
            load(bed, 0);
            load(bed, 10);
            long before = bed.compactor().statistics(0, 0, false).bytesOut();
            load(bed, 20);
            CompactionStatistics three = bed.compactor().statistics(0, 0, false);
            assertEquals(List.of(1, 1, 1, 0), counts(bed));
            assertEquals(3, three.moves());
            assertEquals(3, three.merges());
            assertEquals(before / 2.0, three.bytesOut() - before, before / 8.0);

            load(bed, 30);
            assertEquals(List.of(1, 1, 1, 0), counts(bed));
            assertEquals(4 * 7 * 120, versions(bed));
        }
    }

    @Test
    void what_a_full_level_of_new_keys_would_be_merged_with_makes_room() throws IOException {
        long bytes;
        try (CompactionBed bed = new CompactionBed(new FaultyDirectory(), 1)) {
            load(bed, 0);
            bytes = bytes(bed);
        }
        CompactionPolicy policy =
                new CompactionPolicy(new LevelZeroRules(2, 6, 1L << 40), 1 << 20, bytes / 2, 10);
        try (CompactionBed bed = new CompactionBed(directory, 1, policy)) {
            load(bed, 0);
            assertEquals(List.of(0, 1, 0, 0), counts(bed));
            load(bed, 10);
            assertEquals(List.of(0, 1, 1, 0), counts(bed));
            assertEquals(2, bed.compactor().statistics(0, 0, false).merges());
            load(bed, 20);
            assertEquals(List.of(0, 1, 1, 0), counts(bed));
            assertEquals(4, bed.compactor().statistics(0, 0, false).merges());
        }
    }

    @Test
    void new_versions_make_no_room() throws IOException {
        CompactionPolicy policy =
                new CompactionPolicy(new LevelZeroRules(2, 6, 1L << 40), 1 << 20, 1 << 20, 10);
        try (CompactionBed bed = new CompactionBed(directory, 1, policy)) {
            load(bed, 0);
            load(bed, 0);
            assertEquals(List.of(1, 0, 0, 0), counts(bed));
            assertEquals(0, bed.compactor().statistics(0, 0, false).moves());
        }
    }

    @Test
    void new_versions_of_as_many_keys_as_there_are_do_not_wait() throws IOException {
        CompactionPolicy policy =
                new CompactionPolicy(new LevelZeroRules(2, 6, 1L << 40), 1 << 20, 1 << 20, 10);
        try (CompactionBed bed = new CompactionBed(directory, 1, policy)) {
            among(bed, 1);
            among(bed, 1);
            assertFalse(bed.step());
            among(bed, 1);
            assertTrue(bed.step());

            among(bed, 2);
            among(bed, 1);
            assertFalse(bed.step());
            among(bed, 1);
            assertTrue(bed.step(), "most of the keys are there already");
        }
    }

    /** Of five bytes at least, so that all are of one kind. */
    private void manyAmong(CompactionBed bed, int number) throws IOException {
        for (int key = 0; key < 30_000; key++) {
            byte[] bytes = ByteBuffer.allocate(10).put(SCANNED).putInt(key).array();
            bytes[9] = (byte) number;
            bed.add(bytes, Optional.of(new byte[100]), ++sequence);
        }
        bed.flush();
    }

    @Test
    void scanned_keys_are_known_for_new_ones_or_new_versions_by_a_sample() throws IOException {
        CompactionPolicy policy =
                new CompactionPolicy(new LevelZeroRules(2, 6, 1L << 40), 1 << 24, 1 << 24, 10);
        try (CompactionBed bed = new CompactionBed(directory, 1, policy, 1 << 20)) {
            bed.scannedKinds().set(SCANNED, true);
            for (int number = 1; number <= 4; number++) {
                manyAmong(bed, number);
                assertFalse(bed.step(), "level 0 has " + number);
            }
            manyAmong(bed, 1);
            assertFalse(bed.step());
            for (int number = 2; number <= 4; number++) {
                manyAmong(bed, number);
            }
            assertTrue(bed.step());
        }
        FaultyDirectory other = new FaultyDirectory();
        try (CompactionBed bed = new CompactionBed(other, 1, policy, 1 << 20)) {
            bed.scannedKinds().set(SCANNED, true);
            manyAmong(bed, 1);
            manyAmong(bed, 1);
            assertFalse(bed.step());
            manyAmong(bed, 1);
            assertTrue(bed.step(), "new versions do not wait");
        }
    }

    @Test
    void keys_behind_all_others_do_not_wait() throws IOException {
        CompactionPolicy policy =
                new CompactionPolicy(new LevelZeroRules(2, 6, 1L << 40), 1 << 20, 1 << 20, 10);
        try (CompactionBed bed = new CompactionBed(directory, 1, policy)) {
            for (int round = 1; round <= 3; round++) {
                for (int key = 0; key <= 100; key++) {
                    put(bed, round, key, 0);
                }
                bed.flush();
            }
            assertTrue(bed.step());
        }
    }

    /** Reads so many blocks at least. */
    private static void read(CompactionBed bed, long blocks) {
        for (long count = 0; count < blocks; count++) {
            assertTrue(bed.levels().find(new byte[] {1, 1, 1}, Long.MAX_VALUE).isPresent());
        }
    }

    private static long bytes(CompactionBed bed) {
        return bed.levels().all().stream().mapToLong(part -> part.file().bytes()).sum();
    }

    @Test
    void what_lies_on_several_levels_is_gathered_once_reads_have_asked_for_it() throws IOException {
        CompactionPolicy policy =
                new CompactionPolicy(new LevelZeroRules(2, 6, 1L << 40), 1 << 20, 1 << 20, 10);
        try (CompactionBed bed = new CompactionBed(directory, 1, policy)) {
            for (int loads = 0; loads < 3; loads++) {
                load(bed, 10 * loads);
            }
            bed.compactor().gather();
            read(bed, bytes(bed) / 100);
            bed.compactor().gather();
            assertFalse(bed.step(), "there have been too few reads");

            read(bed, bytes(bed) / 10);
            bed.compactor().gather();
            assertTrue(bed.step());
            assertFalse(bed.step());
            assertEquals(List.of(0, 0, 1, 0), counts(bed));
            assertEquals(3 * 7 * 120, versions(bed));
            assertFalse(bed.compactor().awaitsQuiet());
        }
    }

    @Test
    void no_more_levels_are_gathered_than_are_small_together() throws IOException {
        LevelZeroRules zero = new LevelZeroRules(2, 6, 1L << 40);
        CompactionPolicy large = new CompactionPolicy(zero, 1 << 20, 1 << 20, 10);
        long bytes;
        try (CompactionBed bed = new CompactionBed(new FaultyDirectory(), 1, large)) {
            load(bed, 0);
            bytes = bytes(bed);
        }
        CompactionPolicy policy = new CompactionPolicy(zero, 1 << 20, bytes * 5 / 4, 10);
        try (CompactionBed bed = new CompactionBed(directory, 1, policy)) {
            for (int loads = 0; loads < 3; loads++) {
                load(bed, 10 * loads);
            }
            assertEquals(List.of(1, 1, 1, 0), counts(bed));
            assertTrue(bytes(bed) > bytes * 5 / 2);
            bed.compactor().gather();
            read(bed, bytes(bed) / 10);
            bed.compactor().gather();
            bed.compactAll();
            assertEquals(List.of(0, 1, 1, 0), counts(bed));
        }
    }
}
