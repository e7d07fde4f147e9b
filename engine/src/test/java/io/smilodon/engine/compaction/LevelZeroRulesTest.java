package io.smilodon.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.segment.Segment;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** When new versions of keys that are there go on from level 0. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LevelZeroRulesTest {

    private static final int KEYS = 1_000;
    private static final int VALUE_BYTES = 100;

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final FaultyDirectory directory = new FaultyDirectory();
    private long sequence;

    private CompactionBed bed(int countMax, int waitingCountMax, long cacheBytes)
            throws IOException {
        LevelZeroRules rules = new LevelZeroRules(countMax, waitingCountMax, cacheBytes);
        CompactionPolicy policy = new CompactionPolicy(rules, 1 << 20, 1 << 24, 10);
        CompactionRules all = new CompactionRules(policy, 0, () -> 0);
        return new CompactionBed(directory, 1, all, 1 << 20);
    }

    private void put(CompactionBed bed, int number, byte[] value) {
        byte[] key = ByteBuffer.allocate(5).put((byte) 1).putInt(number).array();
        bed.add(key, Optional.of(value), ++sequence);
    }

    /** Writes every so many-th key, with what cannot be packed. */
    private void put(CompactionBed bed, int step) throws IOException {
        for (int number = 0; number < KEYS; number += step) {
            byte[] value = new byte[VALUE_BYTES];
            random.nextBytes(value);
            put(bed, number, value);
        }
        bed.flush();
    }

    /** All keys on level 1, where no version is kept for readers. */
    private void load(CompactionBed bed) throws IOException {
        put(bed, 1);
        bed.compactor().requestAll();
        bed.compactAll();
        assertEquals(1, bed.levels().level(1).size());
    }

    /** How many segments of every fourth key there are on level 0 when they go on. */
    private int awaited(CompactionBed bed) throws IOException {
        load(bed);
        int count = 0;
        while (!bed.compactor().isDue()) {
            put(bed, 4);
            count++;
        }
        bed.moveHorizon(sequence);
        bed.compactAll();
        assertEquals(0, bed.levels().level(0).size());
        assertEquals(KEYS, bed.levels().all().stream().mapToLong(Segment::entryCount).sum());
        return count;
    }

    @Test
    void updates_wait_until_they_are_as_many_as_what_they_are_merged_with() throws IOException {
        try (CompactionBed bed = bed(2, 9, 1L << 40)) {
            assertEquals(4, awaited(bed));
        }
    }

    @Test
    void updates_wait_for_so_many_segments_at_most() throws IOException {
        try (CompactionBed bed = bed(1, 2, 1L << 40)) {
            assertEquals(3, awaited(bed));
        }
    }

    @Test
    void many_updates_do_not_wait() throws IOException {
        try (CompactionBed bed = bed(5, 9, 1L << 40)) {
            assertEquals(6, awaited(bed));
        }
    }

    @Test
    void updates_do_not_wait_where_the_cache_holds_the_documents_and_not_their_older_versions()
            throws IOException {
        long bytes = KEYS * (VALUE_BYTES + 20);
        try (CompactionBed bed = bed(1, 9, bytes + bytes / 3)) {
            assertEquals(2, awaited(bed));
        }
    }

    @Test
    void updates_wait_where_the_cache_holds_little_of_the_documents_anyway() throws IOException {
        try (CompactionBed bed = bed(1, 9, KEYS * VALUE_BYTES / 2)) {
            assertEquals(4, awaited(bed));
        }
    }

    @Test
    void who_waits_for_updates_is_not_merged_just_because_it_is_quiet() throws IOException {
        try (CompactionBed bed = bed(1, 9, 1L << 40)) {
            load(bed);
            put(bed, 4);
            put(bed, 4);
            assertTrue(bed.compactor().awaitsQuiet());
            bed.compactor().gather();
            assertFalse(bed.step());
            assertEquals(2, bed.levels().level(0).size());
        }
    }

    @Test
    void where_there_is_a_restart_between_level_0_is_emptied_when_it_is_quiet() throws IOException {
        try (CompactionBed bed = bed(1, 9, 1L << 40)) {
            load(bed);
            put(bed, 4);
        }
        try (CompactionBed bed = bed(1, 9, 1L << 40)) {
            put(bed, 4);
            assertFalse(bed.step());
            assertTrue(bed.compactor().awaitsQuiet());
            bed.compactor().gather();
            bed.compactAll();
            assertEquals(0, bed.levels().level(0).size());
        }
    }

    @Test
    void what_overlaps_with_none_of_them_is_not_what_they_wait_for() throws IOException {
        try (CompactionBed bed = bed(1, 9, 1L << 40)) {
            load(bed);
            for (byte[] key : List.of(new byte[] {0}, new byte[] {2})) {
                bed.add(key, Optional.of(new byte[1]), ++sequence);
                bed.flush();
            }
            bed.compactAll();
            assertEquals(0, bed.levels().level(0).size(), "they are around the others");
        }
    }

    @Test
    void what_comes_while_level_0_is_emptied_waits_as_ever() throws IOException {
        try (CompactionBed bed = bed(1, 9, 1L << 40)) {
            load(bed);
            put(bed, 4);
        }
        try (CompactionBed bed = bed(1, 9, 1L << 40)) {
            put(bed, 4);
            bed.compactor().gather();
            put(bed, 4);
            assertTrue(bed.step());
            assertEquals(0, bed.levels().level(0).size());
            put(bed, 4);
            put(bed, 4);
            assertFalse(bed.step());
            assertEquals(2, bed.levels().level(0).size());
        }
    }
}
