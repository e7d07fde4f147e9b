package io.smilodon.engine.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.segment.Segment;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What is not compressed because it is merged again soon. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LooseSegmentsTest {

    private static final int KEYS = 1_000;
    private static final int VALUE_BYTES = 100;
    private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final long seed = Seeds.next();
    private final FaultyDirectory directory = new FaultyDirectory();
    private Runnable onClock = () -> {};
    private long sequence;
    private long nanos;

    private CompactionBed bed() throws IOException {
        LevelZeroRules rules = new LevelZeroRules(1, 1, 1L << 40);
        CompactionPolicy policy = new CompactionPolicy(rules, 1 << 20, 1 << 24, 10);
        return new CompactionBed(directory, 1, new CompactionRules(policy, 0, this::now), 1 << 20);
    }

    private long now() {
        onClock.run();
        return nanos;
    }

    private void put(CompactionBed bed, int number, byte[] value) {
        byte[] key = ByteBuffer.allocate(5).put((byte) 1).putInt(number).array();
        bed.add(key, Optional.of(value), ++sequence);
    }

    /** Twice, and no older version is kept for readers. */
    private void update(CompactionBed bed) throws IOException {
        update(bed, 0);
        update(bed, 0);
        settle(bed);
    }

    /** Writes so many keys from one on, with what can be packed. */
    private void update(CompactionBed bed, int from) throws IOException {
        Random words = new Random(seed);
        for (int number = from; number < from + KEYS; number++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 40; word++) {
                text.append(' ').append(Integer.toString(words.nextInt(500) * 7_919, 36));
            }
            put(bed, number, text.toString().getBytes(StandardCharsets.US_ASCII));
        }
        bed.flush();
    }

    private void settle(CompactionBed bed) throws IOException {
        bed.moveHorizon(sequence);
        bed.compactAll();
        assertEquals(0, bed.levels().level(0).size());
    }

    @Test
    void what_is_merged_again_within_a_minute_is_not_packed_until_it_is_not() throws IOException {
        try (CompactionBed bed = bed()) {
            update(bed);
            long packed = bed.levels().bytes(1);
            nanos += MINUTE_NANOS - 1;
            update(bed);
            assertTrue(bed.levels().bytes(1) > 1.2 * packed);

            assertTrue(bed.compactor().loose().areAny());
            nanos += MINUTE_NANOS - 1;
            bed.compactor().gather();
            assertFalse(bed.step(), "it may be merged again");
            nanos++;
            bed.compactor().gather();
            assertTrue(bed.compactor().isDue());
            bed.compactAll();
            assertEquals(packed, bed.levels().bytes(1), packed / 100.0);
            bed.compactor().gather();
            assertFalse(bed.compactor().isDue(), "once is enough");
            assertFalse(bed.compactor().loose().areAny());
        }
    }

    @Test
    void nothing_but_what_is_loose_is_packed_then() throws IOException {
        try (CompactionBed bed = bed()) {
            for (int number = KEYS; number < 20 * KEYS; number++) {
                put(bed, number, new byte[VALUE_BYTES]);
            }
            bed.flush();
            bed.compactAll();
            bed.compactor().requestAll();
            bed.compactAll();
            update(bed);
            update(bed);
            long loose = bed.levels().level(1).get(0).file().bytes();
            nanos += MINUTE_NANOS;
            bed.compactor().gather();
            long before = bed.compactor().statistics(0, 0, false).bytesIn();
            bed.compactAll();
            long read = bed.compactor().statistics(0, 0, false).bytesIn() - before;
            assertTrue(read > 0 && read <= loose, read + " of " + loose);
        }
    }

    @Test
    void what_is_merged_a_minute_later_is_packed_at_once() throws IOException {
        try (CompactionBed bed = bed()) {
            update(bed);
            long packed = bed.levels().bytes(1);
            nanos += MINUTE_NANOS;
            update(bed);
            assertEquals(packed, bed.levels().bytes(1), packed / 100.0);
            assertFalse(bed.compactor().loose().areAny());
        }
    }

    @Test
    void who_asks_for_everything_has_all_of_it_packed_once() throws IOException {
        try (CompactionBed bed = bed()) {
            update(bed);
            long packed = bed.levels().bytes(1);
            update(bed);
            bed.compactor().requestAll();
            bed.compactAll();
            assertEquals(packed, bed.levels().bytes(1), packed / 100.0);
            nanos += MINUTE_NANOS;
            bed.compactor().gather();
            assertFalse(bed.compactor().isDue());
        }
    }

    @Test
    void what_is_written_in_ascending_order_is_packed_however_fast() throws IOException {
        try (CompactionBed bed = bed()) {
            update(bed);
            double packed = bytesEach(bed);
            for (int round = 1; round < 20; round++) {
                update(bed, round * KEYS);
                update(bed, round * KEYS);
                settle(bed);
            }
            assertEquals(packed, bytesEach(bed), packed / 50);
        }
    }

    @Test
    void what_one_sweep_updates_is_packed_however_fast() throws IOException {
        try (CompactionBed bed = bed()) {
            for (int round = 0; round < 10; round++) {
                update(bed, round * KEYS);
            }
            bed.compactor().requestAll();
            settle(bed);
            double packed = bytesEach(bed);
            for (int round = 0; round < 10; round++) {
                update(bed, round * KEYS);
                update(bed, round * KEYS);
                settle(bed);
            }
            assertEquals(packed, bytesEach(bed), packed / 50);
        }
    }

    private static double bytesEach(CompactionBed bed) {
        long entries = bed.levels().all().stream().mapToLong(Segment::entryCount).sum();
        return (double) bed.levels().all().stream().mapToLong(of -> of.file().bytes()).sum()
                / entries;
    }

    @Test
    void none_is_known_any_more_that_was_merged() throws IOException {
        try (CompactionBed bed = bed()) {
            for (int round = 0; round < 10; round++) {
                update(bed);
                assertTrue(bed.compactor().loose().count() <= bed.levels().all().size());
            }
        }
    }

    @Test
    void who_asks_for_everything_while_it_is_merged_has_all_of_it_packed() throws IOException {
        try (CompactionBed bed = bed()) {
            update(bed);
            long packed = bed.levels().bytes(1);
            onClock =
                    () -> {
                        onClock = () -> {};
                        bed.compactor().requestAll();
                    };
            update(bed);
            assertEquals(packed, bed.levels().bytes(1), packed / 100.0);
        }
    }

    @Test
    void what_finds_the_disk_full_is_not_tried_again() throws IOException {
        try (CompactionBed bed = bed()) {
            update(bed);
            update(bed);
            long loose = bed.levels().bytes(1);
            nanos += MINUTE_NANOS;
            bed.compactor().gather();
            directory.fail(
                    FaultRule.next(Operation.WRITE, ".segment.tmp", FaultRule.Fault.NO_SPACE));
            assertThrows(IOException.class, bed::step);
            assertFalse(bed.compactor().isDue());
            bed.compactor().gather();
            assertFalse(bed.step());
            assertEquals(loose, bed.levels().bytes(1));
            update(bed);
            assertTrue(bed.levels().bytes(1) < loose, "a merge packs it as ever");
        }
    }
}
