package io.smilodon.engine.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import io.smilodon.engine.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Blocks of new segments side by side in memory that is used again. Tests run with assertions, so
 * what is given back is written over at once.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BlockSlabTest {

    private static final int VALUE_BYTES = 1_000;

    /** Slabs of 128 KiB: seven blocks, or a few more. */
    private static final long BUDGET = 8 << 20;

    private final FaultyDirectory directory = new FaultyDirectory();
    private final BlockCache cache = new BlockCache(BUDGET);
    private int written;

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static byte[] value(int segment, int number, int length) {
        byte[] value = new byte[length];
        new Random(31L * segment + number).nextBytes(value);
        return value;
    }

    /** A segment that was written and read back while the cache was in use. */
    private Segment segment(int keys, int valueBytes) throws IOException {
        Segment segment = written(keys, valueBytes);
        cache.miss(); // somebody reads
        segment.verify();
        return segment;
    }

    private Segment written(int keys, int valueBytes) throws IOException {
        written++;
        FileHeader header = new FileHeader(FileKind.SEGMENT, 11, written, 33);
        SegmentFile file;
        try (StorageFile storage = directory.create(SegmentFile.name(written))) {
            SegmentWriter writer = new SegmentWriter(storage, header, Packing.TIGHT);
            for (int number = 0; number < keys; number++) {
                Optional<byte[]> value = Optional.of(value(written, number, valueBytes));
                writer.add(new WrittenEntry(key(number), number + 1, value));
            }
            file = writer.finish();
        }
        SegmentContext context = new SegmentContext(header, cache, BlockSlabTest::close);
        Segment segment = Segment.open(file, directory.open(file.name()), context);
        segment.retain();
        return segment;
    }

    private static void close(Segment segment) {
        try {
            segment.close();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Optional<byte[]> read(Segment segment, int number) {
        return segment.find(key(number), Long.MAX_VALUE).flatMap(entry -> entry.value());
    }

    private void requireAll(Segment segment, int number, int keys) {
        for (int key = 0; key < keys; key++) {
            assertArrayEquals(value(number, key, VALUE_BYTES), read(segment, key).orElseThrow());
        }
    }

    private static List<byte[]> slabs(Segment segment) {
        return segment.tables().slabs().stream().map(BlockSlab::memory).toList();
    }

    private static long kept(Segment segment) {
        return IntStream.range(0, segment.blockCount())
                .filter(number -> segment.tables().blocks().get(number) != null)
                .count();
    }

    @Test
    void a_new_segment_is_read_without_the_disk() throws IOException {
        Segment segment = segment(1_000, VALUE_BYTES);
        assertEquals(segment.blockCount(), kept(segment));
        assertFalse(slabs(segment).isEmpty());
        long misses = cache.statistics().misses();
        requireAll(segment, 1, 1_000);
        assertEquals(misses, cache.statistics().misses());
    }

    @Test
    void what_is_only_loaded_is_not_kept() throws IOException {
        Segment loaded = written(1_000, VALUE_BYTES);
        loaded.verify();
        loaded.warm();
        assertEquals(0, kept(loaded));
    }

    @Test
    void the_memory_of_a_segment_that_is_gone_is_used_again() throws IOException {
        Segment first = segment(1_000, VALUE_BYTES);
        List<byte[]> memory = slabs(first);
        first.release();
        for (byte[] slab : memory) {
            assertEquals((byte) 0xdb, slab[0], "written over");
        }
        assertTrue(cache.bytes() >= (long) memory.size() * cache.slabBytes(), "counted");
        Segment second = segment(1_000, VALUE_BYTES);
        for (byte[] slab : slabs(second)) {
            assertTrue(memory.stream().anyMatch(known -> known == slab));
        }
        requireAll(second, 2, 1_000);
    }

    @Test
    void memory_in_which_somebody_may_read_is_not_used_again() throws IOException {
        Segment first = segment(1_000, VALUE_BYTES);
        Block block = first.tables().blocks().get(0);
        byte[] before = block.content().clone();
        first.releaseUnderReaders();
        Segment second = segment(1_000, VALUE_BYTES);
        slabs(second).forEach(slab -> assertNotSame(block.content(), slab));
        assertArrayEquals(before, block.content());
        requireAll(second, 2, 1_000);
    }

    @Test
    void it_leaves_as_a_whole_unless_half_of_its_blocks_were_used() throws IOException {
        Segment segment = segment(6_000, VALUE_BYTES);
        List<byte[]> memory = slabs(segment);
        use(segment, memory.get(0), 1);
        use(segment, memory.get(1), 2);
        use(segment, memory.get(2), 3);
        Segment other = segment(2_000, VALUE_BYTES);
        assertTrue(kept(other) < other.blockCount(), "no room for all of it");
        for (int key = 0; !isGone(segment, memory.get(2)); key++) {
            read(other, key); // in time nobody finds room but there
        }
        assertFalse(isGone(segment, memory.get(0)), "all were used");
        assertFalse(isGone(segment, memory.get(1)), "every other one was used");
        assertTrue(cache.bytes() <= BUDGET, () -> cache.bytes() + " bytes");
        requireAll(segment, 1, 6_000);
        requireAll(other, 2, 2_000);
        segment.release();
        other.release();
    }

    /** Uses every so many of the blocks in a slab. */
    private static void use(Segment segment, byte[] slab, int stride) {
        List<Block> blocks = in(segment, slab);
        for (int index = 0; index < blocks.size(); index += stride) {
            blocks.get(index).use();
        }
    }

    private static List<Block> in(Segment segment, byte[] slab) {
        return IntStream.range(0, segment.blockCount())
                .mapToObj(number -> segment.tables().blocks().get(number))
                .filter(block -> block != null && block.content() == slab)
                .toList();
    }

    private static boolean isGone(Segment segment, byte[] slab) {
        return in(segment, slab).isEmpty();
    }

    @Test
    void what_a_merge_has_made_is_kept_once_there_is_room() throws IOException {
        Segment before = segment(5_000, VALUE_BYTES);
        Segment after = segment(5_000, VALUE_BYTES);
        assertTrue(kept(after) < after.blockCount(), "no room for all of it");
        read(after, 4_999);
        before.release();
        after.warm();
        assertEquals(after.blockCount(), kept(after));
        long misses = cache.statistics().misses();
        requireAll(after, 2, 5_000);
        assertEquals(misses, cache.statistics().misses());
        assertTrue(cache.bytes() <= BUDGET, () -> cache.bytes() + " bytes");
    }

    @Test
    void what_is_damaged_is_not_kept_and_told_to_who_reads_it() throws IOException {
        Segment before = segment(9_000, VALUE_BYTES);
        Segment after = segment(1_000, VALUE_BYTES);
        assertTrue(kept(after) < after.blockCount(), "no room for all of it");
        before.release();
        cache.miss(); // somebody reads
        directory.fail(FaultRule.always(Operation.READ, Fault.BIT_FLIP));
        after.warm();
        assertTrue(kept(after) < after.blockCount(), "none behind the first that is damaged");
        SmilodonException found = assertThrows(SmilodonException.class, () -> read(after, 999));
        assertEquals(ErrorCode.DATA_CORRUPTION_DETECTED, found.code());
        directory.heal();
        requireAll(after, 2, 1_000);
    }

    @Test
    void a_large_block_lies_alone() throws IOException {
        Segment segment = segment(20, 100_000);
        assertTrue(slabs(segment).isEmpty());
        assertEquals(segment.blockCount(), kept(segment));
        assertArrayEquals(value(1, 3, 100_000), read(segment, 3).orElseThrow());
    }

    /** Segments come and go, and are read: what they answer is right, and the account too. */
    @RepeatedTest(20)
    void any_segments_that_come_and_go_answer_rightly() throws IOException {
        long seed = Seeds.next();
        Random random = new Random(seed);
        List<Segment> open = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (int step = 0; step < 40; step++) {
            if (open.size() < 4 || random.nextInt(3) == 0) {
                int keys = 1 + random.nextInt(3_000);
                open.add(segment(keys, VALUE_BYTES));
                sizes.add(keys);
                numbers.add(written);
            } else {
                int gone = random.nextInt(open.size());
                Segment segment = open.remove(gone);
                sizes.remove(gone);
                numbers.remove(gone);
                if (random.nextInt(4) == 0) {
                    segment.releaseUnderReaders();
                } else {
                    segment.release();
                }
            }
            for (int read = 0; read < 300 && !open.isEmpty(); read++) {
                int which = random.nextInt(open.size());
                int key = random.nextInt(sizes.get(which));
                assertArrayEquals(
                        value(numbers.get(which), key, VALUE_BYTES),
                        read(open.get(which), key).orElseThrow(),
                        () -> "seed " + seed);
            }
            assertTrue(cache.bytes() <= BUDGET, () -> cache.bytes() + " bytes, seed " + seed);
        }
        open.forEach(Segment::release);
        assertEquals(0, cache.bytes() % cache.slabBytes(), () -> "seed " + seed);
    }
}
