package io.smilodon.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.segment.BloomFilter;
import io.smilodon.engine.segment.Segment;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LevelZeroTest {

    private static final CompactionPolicy LAZY =
            new CompactionPolicy(new LevelZeroRules(100, 200, 1L << 40), 1 << 24, 1 << 24, 10);

    private static final byte[] SCANNED = {1, 0, 0, 0, 7};
    private static final byte[] ASKED = {1, 0, 0, 0, 8};
    private static final int CACHE_BYTES = 1 << 20;

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final FaultyDirectory directory = new FaultyDirectory();
    private final Set<ByteBuffer> present = new HashSet<>();
    private long sequence;

    private static byte[] key(byte[] kind, int number) {
        return ByteBuffer.allocate(9).put(kind).putInt(number).array();
    }

    private void flush(CompactionBed bed, int keys) throws IOException {
        for (int count = 0; count < keys; count++) {
            byte[] key = key(random.nextBoolean() ? SCANNED : ASKED, random.nextInt(100_000));
            present.add(ByteBuffer.wrap(key));
            bed.add(key, Optional.of(new byte[] {1}), ++sequence);
        }
        bed.flush();
    }

    private static List<Segment> around(CompactionBed bed, byte[] key) {
        LevelZero newest = LevelZero.of(bed.levels().level(0));
        return Arrays.asList(newest.around(key, BloomFilter.hash(key)));
    }

    /** That no segment is left out that has one of the keys there are. */
    private void assertFound(CompactionBed bed) {
        for (ByteBuffer key : present) {
            List<Segment> around = around(bed, key.array());
            for (Segment segment : bed.levels().level(0)) {
                long hash = BloomFilter.hash(key.array());
                boolean isThere = segment.find(key.array(), hash, Long.MAX_VALUE).isPresent();
                assertTrue(!isThere || around.contains(segment), () -> "seed " + seed);
            }
            assertTrue(
                    bed.levels().find(key.array(), Long.MAX_VALUE).isPresent(),
                    () -> "seed " + seed);
        }
    }

    /** Large and small ones, some of which were opened again and know of no keys. */
    @RepeatedTest(10)
    void no_segment_that_has_a_key_is_left_out() throws IOException {
        int flushes = 1 + random.nextInt(8);
        int opened = random.nextInt(flushes + 1);
        try (CompactionBed bed = new CompactionBed(directory, 1, LAZY, CACHE_BYTES)) {
            bed.scannedKinds().set(SCANNED, true);
            for (int count = 0; count < opened; count++) {
                flush(bed, 1 + random.nextInt(random.nextBoolean() ? 4 : 500));
            }
            assertFound(bed);
        }
        try (CompactionBed bed = new CompactionBed(directory, 1, LAZY, CACHE_BYTES)) {
            bed.scannedKinds().set(SCANNED, random.nextBoolean());
            for (int count = opened; count < flushes; count++) {
                flush(bed, 1 + random.nextInt(random.nextBoolean() ? 4 : 500));
            }
            assertFound(bed);
            assertEquals(flushes, bed.levels().level(0).size());
        }
    }

    @Test
    void few_absent_keys_lead_to_segments_but_for_those_that_know_nothing() throws IOException {
        try (CompactionBed bed = new CompactionBed(directory, 1, LAZY, CACHE_BYTES)) {
            flush(bed, 2_000);
        }
        try (CompactionBed bed = new CompactionBed(directory, 1, LAZY, CACHE_BYTES)) {
            bed.scannedKinds().set(SCANNED, true);
            for (int count = 0; count < 6; count++) {
                flush(bed, 2_000);
            }
            flush(bed, 20);
            List<Segment> all = bed.levels().level(0);
            int wrong = 0;
            for (int number = 200_000; number < 210_000; number++) {
                int found = around(bed, key(ASKED, number)).size();
                wrong += found - 2;
                assertTrue(found >= 2, () -> "seed " + seed);
                assertEquals(all, around(bed, key(SCANNED, number)));
            }
            assertEquals(0, wrong / 10_000.0, 0.06);
        }
    }

    @Test
    void keys_are_found_in_few_of_more_segments_than_there_are_bits() throws IOException {
        try (CompactionBed bed = new CompactionBed(directory, 1, LAZY, CACHE_BYTES)) {
            for (int count = 0; count < 80; count++) {
                flush(bed, 50);
            }
            assertFound(bed);
            int found = present.stream().mapToInt(key -> around(bed, key.array()).size()).sum();
            assertTrue(found < 5 * present.size(), () -> found + ", seed " + seed);
        }
    }

    @Test
    void nothing_is_known_of_keys_where_the_cache_has_no_room_for_it() throws IOException {
        try (CompactionBed bed = new CompactionBed(directory, 1, LAZY, 1 << 14)) {
            flush(bed, 20);
            flush(bed, 4_000);
            flush(bed, 20);
            List<Segment> all = bed.levels().level(0);
            assertEquals(
                    List.of(true, false, true),
                    all.stream().map(segment -> segment.askedKeys().isPresent()).toList());
            assertFound(bed);
        }
    }

    @Test
    void what_has_gone_to_a_lower_level_takes_no_room_for_its_keys() throws IOException {
        CompactionPolicy eager =
                new CompactionPolicy(new LevelZeroRules(1, 6, 1L << 40), 400, 1 << 24, 10);
        try (CompactionBed bed = new CompactionBed(directory, 1, eager, CACHE_BYTES)) {
            for (int number = 0; number < 2; number++) {
                bed.add(key(ASKED, number), Optional.of(new byte[] {1}), ++sequence);
                bed.flush();
            }
            assertEquals(2, known(bed));
            bed.compactAll();
            assertEquals(2, bed.levels().all().size(), "both were moved");
            assertEquals(1, bed.levels().level(0).size());
            assertEquals(1, known(bed));
        }
    }

    private static long known(CompactionBed bed) {
        return bed.levels().all().stream()
                .filter(segment -> segment.askedKeys().isPresent())
                .count();
    }
}
