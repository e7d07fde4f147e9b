package io.smilodon.engine.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.testing.FaultRule;
import io.smilodon.engine.testing.FaultRule.Fault;
import io.smilodon.engine.testing.FaultRule.Operation;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Indexes and filters of more segments than there is memory for. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SegmentTablesTest {

    private static final int SEGMENTS = 60;
    private static final int KEYS = 2_000;
    private static final long BUDGET = 100_000;

    private final FaultyDirectory directory = new FaultyDirectory();
    private final BlockCache cache = new BlockCache(BUDGET);

    private static byte[] key(int segment, int number) {
        return ByteBuffer.allocate(8).putInt(segment).putInt(number).array();
    }

    private Segment segment(int number) throws IOException {
        FileHeader header = new FileHeader(FileKind.SEGMENT, 11, number, 33);
        SegmentFile written;
        try (StorageFile file = directory.create(SegmentFile.name(number))) {
            TightSegment writer = new TightSegment(file, header);
            for (int entry = 0; entry < KEYS; entry++) {
                byte[] value = new byte[40];
                new Random(entry).nextBytes(value);
                writer.add(new WrittenEntry(key(number, entry), entry + 1, Optional.of(value)));
            }
            written = writer.finish();
        }
        SegmentContext context = new SegmentContext(header, cache, SegmentTablesTest::close);
        Segment opened = Segment.open(written, directory.open(written.name()), context);
        opened.retain();
        return opened;
    }

    private static void close(Segment segment) {
        try {
            segment.close();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static boolean has(Segment segment, byte[] key) {
        return segment.find(key, BloomFilter.hash(key), Long.MAX_VALUE).isPresent();
    }

    @Test
    void what_is_in_memory_keeps_to_the_budget_however_many_there_are() throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (int number = 1; number <= SEGMENTS; number++) {
            segments.add(segment(number));
        }
        Random random = new Random(1);
        int most = 0;
        for (int read = 0; read < 3_000; read++) {
            int number = random.nextInt(SEGMENTS);
            Segment segment = segments.get(number);
            int entry = random.nextInt(2 * KEYS);
            assertEquals(entry < KEYS, has(segment, key(number + 1, entry)));
            assertTrue(cache.bytes() <= BUDGET, () -> cache.bytes() + " bytes");
            most = Math.max(most, (int) segments.stream().filter(Segment::isLoaded).count());
        }
        assertTrue(most < SEGMENTS, "all are in memory");
        assertTrue(most > 3, "none stays");
        for (Segment segment : segments) {
            assertEquals(KEYS, count(segment));
            segment.release();
        }
        assertTrue(cache.bytes() <= BUDGET);
        assertEquals(0, directory.openFiles());
    }

    private static int count(Segment segment) {
        int count = 0;
        try (EntryCursor all = segment.versions(bytes -> {})) {
            while (all.advance()) {
                count++;
            }
        }
        EntryScan scan = new EntryScan(new byte[0], new byte[0], true, Long.MAX_VALUE);
        try (EntryCursor all = segment.cursor(scan)) {
            while (all.advance()) {
                count--;
            }
        }
        assertEquals(0, count);
        return segment.blockCount() > 0 ? KEYS : 0;
    }

    @Test
    void what_is_used_stays_and_costs_no_read() throws IOException {
        Segment used = segment(1);
        for (int number = 2; number < SEGMENTS; number++) {
            Segment other = segment(number);
            assertTrue(has(used, key(1, 7)));
            assertTrue(has(other, key(number, 7)));
            assertTrue(used.isLoaded(), "after " + number);
        }
        directory.fail(FaultRule.always(Operation.READ, Fault.INPUT_OUTPUT_ERROR));
        assertTrue(has(used, key(1, 7)));
    }

    @Test
    void an_index_that_has_decayed_since_is_found_when_it_is_read_again() throws IOException {
        Segment first = segment(1);
        String name = first.file().name();
        for (int number = 2; first.isLoaded(); number++) {
            segment(number);
        }
        directory.fail(
                new FaultRule(Operation.READ, name::equals, 0, Integer.MAX_VALUE, Fault.BIT_FLIP));
        SmilodonException found =
                assertThrows(SmilodonException.class, () -> has(first, key(1, 7)));
        assertEquals(ErrorCode.DATA_CORRUPTION_DETECTED, found.code());
        assertEquals(name, found.details().get("file"));
        directory.heal();
        assertTrue(has(first, key(1, 7)));
    }
}
