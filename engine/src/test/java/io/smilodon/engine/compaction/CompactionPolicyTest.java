package io.smilodon.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.segment.Segment;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What is compacted, and what that costs. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CompactionPolicyTest {

    private final FaultyDirectory directory = new FaultyDirectory();
    private long sequence;

    private void put(CompactionBed bed, int... key) {
        byte[] bytes = new byte[key.length];
        for (int index = 0; index < key.length; index++) {
            bytes[index] = (byte) key[index];
        }
        sequence++;
        bed.add(bytes, Optional.of(new byte[300]), sequence);
    }

    private void segment(CompactionBed bed, int first, int low, int high) throws IOException {
        for (int second = low; second <= high; second++) {
            put(bed, first, second);
        }
        bed.flush();
    }

    @Test
    void keys_that_ascend_are_never_rewritten() throws IOException {
        try (CompactionBed bed = new CompactionBed(directory, 1)) {
            for (int round = 0; round < 40; round++) {
                segment(bed, 1 + round, 1, 20);
                bed.compactAll();
            }
            CompactionStatistics done = bed.compactor().statistics(0, 0, false);
            assertEquals(0, done.merges());
            assertEquals(0, done.bytesIn());
            assertTrue(done.moves() >= 38, () -> "moves: " + done.moves());
            assertTrue(bed.levels().level(0).size() <= 2);
            assertTrue(bed.levels().level(2).size() > 0);
        }
    }

    private long versions(CompactionBed bed) {
        return bed.levels().all().stream().mapToLong(Segment::entryCount).sum();
    }

    @Test
    void versions_that_nobody_can_read_any_more_go_though_no_level_is_full() throws IOException {
        CompactionPolicy policy =
                new CompactionPolicy(new LevelZeroRules(9, 9, 1L << 40), 8_000, 1 << 20, 10);
        try (CompactionBed bed = new CompactionBed(directory, 1, policy)) {
            for (int round = 0; round < 40; round++) {
                for (int key = 0; key < 100; key++) {
                    put(bed, 1, key);
                }
            }
            bed.flush();
            bed.compactor().reclaim();
            assertFalse(bed.step(), "the past can still be read");

            bed.moveHorizon(sequence);
            bed.compactor().reclaim();
            bed.compactAll();
            assertEquals(100, versions(bed));

            bed.compactor().reclaim();
            assertFalse(bed.step(), "nothing is left to win");
        }
    }

    @Test
    void what_is_hidden_by_later_segments_goes_once_it_may_be_half_of_all() throws IOException {
        CompactionPolicy policy =
                new CompactionPolicy(new LevelZeroRules(9, 9, 1L << 40), 8_000, 1 << 20, 10);
        try (CompactionBed bed = new CompactionBed(directory, 1, policy)) {
            segment(bed, 1, 0, 120);
            segment(bed, 2, 0, 120);
            segment(bed, 1, 0, 115);
            bed.moveHorizon(sequence);
            bed.compactor().reclaim();
            assertFalse(bed.step(), "that is less than half");

            segment(bed, 2, 0, 120);
            segment(bed, 2, 0, 10);
            bed.moveHorizon(sequence);
            bed.compactor().reclaim();
            bed.compactAll();
            assertEquals(242, versions(bed));
        }
    }

    /** Reads so many blocks at least. */
    private static void read(CompactionBed bed, long blocks) {
        for (long count = 0; count < blocks; count++) {
            assertTrue(bed.levels().find(new byte[] {1, 1}, Long.MAX_VALUE).isPresent());
        }
    }

    @Test
    void when_it_is_quiet_level_zero_is_emptied_so_that_reads_ask_fewer_segments()
            throws IOException {
        CompactionPolicy policy =
                new CompactionPolicy(new LevelZeroRules(9, 9, 1L << 40), 1 << 20, 1 << 20, 10);
        try (CompactionBed bed = new CompactionBed(directory, 1, policy)) {
            segment(bed, 1, 0, 100);
            bed.compactor().gather();
            read(bed, bed.levels().bytes(0));
            bed.compactor().gather();
            assertFalse(bed.step(), "one segment is asked wherever it is");

            segment(bed, 1, 50, 120);
            segment(bed, 2, 0, 100);
            bed.compactor().gather();
            read(bed, bed.levels().bytes(0));
            assertFalse(bed.step(), "no level is over its size");
            bed.compactor().gather();
            bed.compactAll();
            assertEquals(0, bed.levels().level(0).size());
            assertEquals(1, bed.levels().level(1).size());
            assertFalse(bed.compactor().isDue());
        }
    }

    @Test
    void nothing_is_merged_for_reads_before_there_are_as_many_as_it_costs() throws IOException {
        CompactionPolicy policy =
                new CompactionPolicy(new LevelZeroRules(9, 9, 1L << 40), 1 << 20, 1 << 20, 10);
        try (CompactionBed bed = new CompactionBed(directory, 1, policy)) {
            segment(bed, 1, 0, 100);
            segment(bed, 1, 50, 120);
            read(bed, bed.levels().bytes(0));
            bed.compactor().gather();
            assertFalse(bed.step(), "those were reads of other segments");

            read(bed, bed.levels().bytes(0) / 100);
            bed.compactor().gather();
            assertFalse(bed.step());

            read(bed, bed.levels().bytes(0) / 10);
            bed.compactor().gather();
            assertTrue(bed.step());
            assertEquals(0, bed.levels().level(0).size());
        }
    }

    /** Puts a key of a kind, and what cannot be compressed. */
    private void putOf(CompactionBed bed, int kind, int... rest) {
        byte[] key = new byte[5 + rest.length];
        key[0] = (byte) kind;
        for (int at = 0; at < rest.length; at++) {
            key[5 + at] = (byte) rest[at];
        }
        byte[] value = new byte[600];
        new Random(++sequence).nextBytes(value);
        bed.add(key, Optional.of(value), sequence);
    }

    @Test
    void behind_many_keys_of_a_kind_others_begin_the_next_segment() throws IOException {
        CompactionPolicy policy =
                new CompactionPolicy(new LevelZeroRules(1, 1, 1L << 40), 512 << 10, 1 << 20, 10);
        try (CompactionBed bed = new CompactionBed(directory, 1, policy)) {
            for (int half = 0; half < 2; half++) {
                for (int key = 0; key < 120; key++) {
                    putOf(bed, 1, key % 3, key, half);
                    putOf(bed, 2 + key % 10, key, half);
                    putOf(bed, 20, key, half);
                }
                bed.flush();
            }
            bed.compactAll();
            List<Segment> made = bed.levels().level(1);
            assertEquals(
                    List.of("1 to 1", "2 to 20"),
                    made.stream()
                            .map(part -> part.firstKey()[0] + " to " + part.lastKey()[0])
                            .toList());
        }
    }

    /** Words that repeat, but not at once: effort makes a difference to what they take. */
    private void words(CompactionBed bed, int first) throws IOException {
        Random random = new Random(first);
        for (int key = 0; key < 200; key++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 40; word++) {
                text.append(' ').append(Integer.toString(random.nextInt(500) * 7_919, 36));
            }
            byte[] value = text.toString().getBytes(StandardCharsets.US_ASCII);
            bed.add(new byte[] {(byte) first, (byte) key}, Optional.of(value), ++sequence);
        }
        bed.flush();
    }

    private long mergedBytes(boolean hasBelow) throws IOException {
        CompactionPolicy policy =
                new CompactionPolicy(new LevelZeroRules(0, 0, 1L << 40), 1 << 20, 10_000, 10);
        try (CompactionBed bed = new CompactionBed(new FaultyDirectory(), 1, policy)) {
            if (hasBelow) {
                words(bed, 9);
                bed.compactAll();
                assertEquals(1, bed.levels().level(2).size());
            }
            words(bed, 1);
            words(bed, 1);
            bed.compactAll();
            assertEquals(1, bed.compactor().statistics(0, 0, false).merges());
            return bed.levels().all().stream()
                    .filter(segment -> segment.firstKey()[0] == 1)
                    .mapToLong(segment -> segment.file().bytes())
                    .sum();
        }
    }

    @Test
    void what_is_not_merged_further_down_is_compressed_best() throws IOException {
        assertTrue(mergedBytes(false) < mergedBytes(true));
    }

    @Test
    void small_segments_that_ascend_do_not_gather() throws IOException {
        CompactionPolicy policy =
                new CompactionPolicy(new LevelZeroRules(2, 2, 1L << 40), 1 << 20, 1 << 20, 10);
        try (CompactionBed bed = new CompactionBed(directory, 1, policy)) {
            for (int round = 0; round < 60; round++) {
                segment(bed, 1 + round, 1, 1);
                bed.compactAll();
            }
            assertTrue(bed.levels().all().size() <= 4, () -> bed.levels().all().size() + " files");
        }
    }

    /** Else a request to compact would never be done while a busy database is written to. */
    @Test
    void merging_everything_ends_although_each_step_finds_more() throws IOException {
        try (CompactionBed bed = new CompactionBed(directory, 1)) {
            for (int round = 0; round < 12; round++) {
                segment(bed, 1, 1, 60);
            }
            bed.compactor().requestAll();
            int steps = 0;
            while (bed.compactor().isAllWanted()) {
                segment(bed, 1, 1, 60);
                bed.step();
                steps++;
                assertTrue(steps < 200, "it goes on and on");
            }
        }
    }

    @Test
    void who_asks_for_everything_while_that_is_being_done_is_not_forgotten() throws IOException {
        try (CompactionBed bed = new CompactionBed(directory, 1)) {
            segment(bed, 1, 1, 60);
            bed.compactor().requestAll();
            bed.step();
            segment(bed, 1, 1, 60);
            bed.compactor().requestAll();
            bed.compactAll();

            assertEquals(0, bed.levels().level(0).size());
        }
    }

    @Test
    void a_retired_prefix_gives_its_segments_back_without_reading_them() throws IOException {
        try (CompactionBed bed = new CompactionBed(directory, 1)) {
            for (int round = 0; round < 6; round++) {
                segment(bed, 5, 1 + 20 * round, 20 + 20 * round);
            }
            segment(bed, 6, 1, 20);
            bed.compactAll();
            long readBefore = bed.compactor().throttle().bytesRead();
            sequence++;
            bed.add(RetiredPrefixes.mark(new byte[] {5}), Optional.of(new byte[0]), sequence);
            bed.flush();
            bed.compactAll();
            assertTrue(count(bed, 5) > 0, "the horizon is before the mark");

            bed.moveHorizon(sequence);
            bed.compactAll();

            assertEquals(0, count(bed, 5));
            assertEquals(1, count(bed, 6));
            assertEquals(6, bed.compactor().statistics(0, 0, false).drops());
            assertEquals(readBefore, bed.compactor().throttle().bytesRead());
            assertTrue(bed.forgotten() >= sequence - 21);
        }
    }

    /** Segments that hold keys under the prefix, by their first key. */
    private static long count(CompactionBed bed, int first) {
        return bed.levels().all().stream()
                .filter(segment -> segment.firstKey()[0] == first)
                .count();
    }

    @Test
    void a_prefix_inside_of_segments_vanishes_and_then_its_mark() throws IOException {
        try (CompactionBed bed = new CompactionBed(directory, 1)) {
            for (int round = 0; round < 3; round++) {
                put(bed, 4, round);
                put(bed, 5, round);
                put(bed, 6, round);
                bed.flush();
            }
            bed.compactAll();
            sequence++;
            bed.add(RetiredPrefixes.mark(new byte[] {5}), Optional.of(new byte[0]), sequence);
            bed.flush();
            bed.moveHorizon(sequence);
            bed.compactAll();
            for (var segment : bed.levels().all()) {
                assertTrue(!RetiredPrefixes.hasKeyUnder(segment, new byte[] {5}));
            }
            for (int round = 0; round < 6; round++) {
                segment(bed, 0, 3, 3); // the store's own keys reach the mark's segment
                segment(bed, 0, 1, 3);
                bed.compactAll();
            }
            assertEquals(List.of(), marks(bed));
        }
    }

    private static List<Long> marks(CompactionBed bed) {
        return bed.levels().all().stream()
                .filter(segment -> RetiredPrefixes.hasKeyUnder(segment, new byte[] {0, 1, 5}))
                .map(segment -> segment.file().number())
                .toList();
    }
}
