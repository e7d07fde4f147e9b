package io.smilodon.engine.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.file.ByteWriter;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.testing.Seeds;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BlockTest {

    private static final int KEY_COUNT = 100;

    private static byte[] key(int number) {
        return "key %03d".formatted(number).getBytes(StandardCharsets.UTF_8);
    }

    /** Long enough that to compress it pays. */
    private static byte[] value(int number) {
        byte[] value = new byte[64];
        Arrays.fill(value, (byte) number);
        return value;
    }

    private static byte[] content() {
        BlockBuilder builder = new BlockBuilder();
        for (int number = 0; number < KEY_COUNT; number++) {
            add(builder, new WrittenEntry(key(number), number + 1, Optional.of(value(number))));
        }
        return builder.finish().toBytes();
    }

    private static void check(Block block) {
        BlockCursor walk = new BlockCursor(block);
        for (int number = 0; number < KEY_COUNT; number++) {
            assertTrue(walk.advance());
            assertArrayEquals(key(number), walk.copyKey());
            BlockCursor search = new BlockCursor(block);
            assertTrue(search.seek(key(number)) && search.isKey(key(number)));
            assertEquals(number + 1, search.sequence());
            assertArrayEquals(value(number), search.copyValue());
        }
        assertFalse(walk.advance());
    }

    @Test
    void a_block_reads_the_same_wherever_it_lies() {
        byte[] content = content();
        check(new Block(content));
        for (int start : new int[] {0, 5, 300}) {
            byte[] around = new byte[start + content.length + 4];
            Arrays.fill(around, (byte) -1);
            System.arraycopy(content, 0, around, start, content.length);
            check(new Block(around, start, start + content.length));
        }
    }

    /** By which merging knows most keys without looking at them. */
    @RepeatedTest(50)
    void a_walk_of_versions_tells_what_a_key_shares_with_the_one_before() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        NavigableSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        for (int number = 0; number < KEY_COUNT; number++) {
            byte[] key = new byte[1 + random.nextInt(6)];
            for (int at = 0; at < key.length; at++) {
                key[at] = (byte) random.nextInt(3);
            }
            keys.add(key);
        }
        Optional<BlockCursor> walk = Optional.empty();
        byte[] before = {};
        List<byte[]> rest = new ArrayList<>(keys);
        while (!rest.isEmpty()) {
            List<byte[]> part = rest.subList(0, 1 + random.nextInt(rest.size()));
            Block block = versionsOf(part);
            BlockCursor next =
                    walk.map(last -> new BlockCursor(block, last))
                            .orElseGet(() -> new BlockCursor(block));
            for (byte[] key : part) {
                int mismatch = Arrays.mismatch(before, key);
                assertEquals(mismatch, next.advanceSharing(), () -> "seed " + seed);
                assertArrayEquals(key, next.copyKey());
                assertEquals(key.length, next.advanceSharing(), "its older version");
                before = key;
            }
            assertEquals(-1, next.advanceSharing());
            walk = Optional.of(next);
            part.clear();
        }
    }

    /** A block with two versions of each key. */
    private static Block versionsOf(List<byte[]> keys) {
        BlockBuilder builder = new BlockBuilder();
        for (byte[] key : keys) {
            add(builder, new WrittenEntry(key, 2, Optional.of(key)));
            add(builder, new WrittenEntry(key, 1, Optional.empty()));
        }
        return new Block(builder.finish().toBytes());
    }

    @Test
    void it_does_not_begin_before_its_start() {
        byte[] content = content();
        int start = content.length - Integer.BYTES;
        assertThrows(
                IndexOutOfBoundsException.class, () -> new Block(content, start, content.length));
    }

    /** Before and behind the content stand bytes of the file, which no entry may be made of. */
    @Test
    void a_restart_outside_of_the_block_is_found() {
        byte[] content = content();
        int restarts = content.length - Integer.BYTES * (1 + content[content.length - 1]);
        for (int place : new int[] {-1, -5, restarts, Integer.MAX_VALUE}) {
            byte[] around = new byte[5 + content.length + 4];
            System.arraycopy(content, 0, around, 5, content.length);
            ByteBuffer.wrap(around).putInt(5 + restarts, place);
            Block block = new Block(around, 5, 5 + content.length);
            assertThrows(
                    IndexOutOfBoundsException.class, () -> new BlockCursor(block).seek(key(0)));
        }
    }

    @Test
    void what_is_not_compressed_stays_where_it_was_read() {
        BlockCodec codec = new BlockCodec(new FileHeader(FileKind.SEGMENT, 1, 2, 3));
        byte[] content = content();
        for (Packing packing : Packing.values()) {
            ByteWriter file = new ByteWriter(0).u32(1);
            int length =
                    codec.store(
                            7, new BlockCodec.Content(content, 0, content.length), packing, file);
            byte[] stored = Arrays.copyOfRange(file.buffer(), Integer.BYTES, file.size());
            assertEquals(stored.length, length);
            BlockCodec.Content opened = codec.open(7, stored);
            assertEquals(packing == Packing.NONE, opened.bytes() == stored);
            check(new Block(opened.bytes(), opened.start(), opened.end()));
            assertArrayEquals(content, codec.load(7, stored));
        }
    }

    @Test
    void several_threads_compress_at_once() {
        BlockCodec codec = new BlockCodec(new FileHeader(FileKind.SEGMENT, 1, 2, 3));
        byte[] content = content();
        IntStream.range(0, 1_000)
                .parallel()
                .forEach(
                        number -> {
                            ByteWriter file = new ByteWriter(0);
                            codec.store(
                                    number,
                                    new BlockCodec.Content(content, 0, content.length),
                                    Packing.values()[1 + number % 3],
                                    file);
                            byte[] stored = Arrays.copyOf(file.buffer(), file.size());
                            assertTrue(stored.length < content.length / 2);
                            assertArrayEquals(content, codec.load(number, stored));
                        });
    }

    /** What takes longer would be of no use otherwise. */
    @RepeatedTest(20)
    void more_effort_takes_less_room() {
        long seed = Seeds.next();
        byte[] content = words(new Random(seed));
        BlockCodec codec = new BlockCodec(new FileHeader(FileKind.SEGMENT, 1, 2, 3));
        List<Integer> lengths = new ArrayList<>();
        for (Packing packing : Packing.values()) {
            ByteWriter file = new ByteWriter(0);
            BlockCodec.Content whole = new BlockCodec.Content(content, 0, content.length);
            lengths.add(codec.store(0, whole, packing, file));
            assertArrayEquals(content, codec.load(0, Arrays.copyOf(file.buffer(), file.size())));
        }
        for (int next = 1; next < lengths.size(); next++) {
            int less = next - 1;
            int more = next;
            assertTrue(
                    lengths.get(more) < lengths.get(less), () -> "seed " + seed + ": " + lengths);
        }
    }

    private static byte[] words(Random random) {
        List<String> known = new ArrayList<>();
        for (int word = 0; word < 300; word++) {
            known.add(Long.toString(random.nextLong(1L << 20, 1L << 50), Character.MAX_RADIX));
        }
        StringBuilder text = new StringBuilder();
        while (text.length() < SegmentWriter.BLOCK_BYTES) {
            text.append(known.get(random.nextInt(known.size()))).append(' ');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void add(BlockBuilder builder, WrittenEntry entry) {
        entry.addTo(builder);
    }
}
