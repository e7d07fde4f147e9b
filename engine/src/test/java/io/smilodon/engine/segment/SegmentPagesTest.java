package io.smilodon.engine.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.KeyTexts;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Keys of a segment read by pages, which are kept, against reading them one by one. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SegmentPagesTest {

    private static final FileHeader HEADER = new FileHeader(FileKind.SEGMENT, 11, 22, 33);
    private static final int WORDS = 20;
    private static final int NEWEST = 6;

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final FaultyDirectory directory = new FaultyDirectory();

    private static byte[] key(int word, int number) {
        return ByteBuffer.allocate(6).putShort((short) word).putInt(number).array();
    }

    /** Some versions of some keys of each word. */
    private Segment segment(BlockCache cache, int keys) throws IOException {
        SegmentFile written;
        try (StorageFile file = directory.create(SegmentFile.name(22))) {
            TightSegment writer = new TightSegment(file, HEADER);
            for (int word = 0; word < WORDS; word++) {
                boolean isPlain = random.nextBoolean();
                for (int number = random.nextInt(keys); number > 0; number--) {
                    addVersions(writer, key(word, keys - number), isPlain ? 1 : NEWEST);
                }
            }
            addVersions(writer, key(WORDS, 0), NEWEST);
            written = writer.finish();
        }
        SegmentContext context = new SegmentContext(HEADER, cache, SegmentPagesTest::close);
        Segment opened = Segment.open(written, directory.open(written.name()), context);
        opened.retain();
        return opened;
    }

    private void addVersions(TightSegment writer, byte[] key, int newest) throws IOException {
        int oldest = newest == 1 ? 1 : 1 + random.nextInt(newest);
        for (int version = newest; version >= oldest; version -= 1 + random.nextInt(3)) {
            boolean isRemoval = newest > 1 && random.nextInt(4) == 0;
            Optional<byte[]> value = isRemoval ? Optional.empty() : Optional.of(new byte[0]);
            writer.add(new WrittenEntry(key, version, value));
        }
    }

    private static void close(Segment segment) {
        try {
            segment.close();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static EntryScan word(int word, long sequence) {
        return new EntryScan(key(word, 0), key(word + 1, 0), true, sequence);
    }

    private static List<KeyTexts.Page> pages(EntryCursor cursor, int left, boolean isOnFirst) {
        KeyTexts reader = new KeyTexts(left);
        List<KeyTexts.Page> pages = new ArrayList<>();
        Optional<KeyTexts.Page> page = cursor.page(reader, isOnFirst);
        while (page.isPresent()) {
            pages.add(page.get());
            page = cursor.page(reader, false);
        }
        return pages;
    }

    private static List<KeyTexts.Page> pages(Segment segment, EntryScan scan, int left) {
        try (EntryCursor cursor = segment.cursor(scan)) {
            return pages(cursor, left, false);
        }
    }

    private static List<String> texts(List<KeyTexts.Page> pages) {
        return pages.stream().flatMap(page -> page.keys().stream()).toList();
    }

    private static List<String> oneByOne(Segment segment, EntryScan scan, int left) {
        List<String> found = new ArrayList<>();
        try (EntryCursor cursor = segment.cursor(scan)) {
            while (cursor.advance()) {
                if (!cursor.isRemoval()) {
                    byte[] key = cursor.key();
                    found.add(HexFormat.of().formatHex(key, left, key.length));
                }
            }
        }
        return found;
    }

    /** Words are asked for again and again, as of now and as of earlier, from any beginning. */
    @RepeatedTest(20)
    void pages_tell_of_the_keys_that_a_view_may_see() throws IOException {
        BlockCache cache = new BlockCache(random.nextBoolean() ? 20_000 : 10_000_000);
        Segment segment = segment(cache, 1 + random.nextInt(1_000));
        for (int round = 0; round < 200; round++) {
            int left = random.nextInt(3);
            long sequence = random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(NEWEST + 2);
            EntryScan scan = word(random.nextInt(WORDS), sequence);
            List<String> found;
            try (EntryCursor cursor = segment.cursor(scan)) {
                boolean isOnFirst = random.nextBoolean() && cursor.advance();
                found = texts(pages(cursor, left, isOnFirst));
            }
            assertEquals(oneByOne(segment, scan, left), found, () -> "seed " + seed);
        }
    }

    private Segment plain(BlockCache cache) throws IOException {
        SegmentFile written;
        try (StorageFile file = directory.create(SegmentFile.name(22))) {
            TightSegment writer = new TightSegment(file, HEADER);
            for (int number = 0; number < 5_000; number++) {
                byte[] key = key(number / 1_000, number);
                writer.add(new WrittenEntry(key, NEWEST, Optional.of(new byte[0])));
            }
            written = writer.finish();
        }
        SegmentContext context = new SegmentContext(HEADER, cache, SegmentPagesTest::close);
        Segment opened = Segment.open(written, directory.open(written.name()), context);
        opened.retain();
        return opened;
    }

    @Test
    void pages_that_have_been_made_are_handed_on_to_those_who_see_the_same() throws IOException {
        Segment segment = plain(new BlockCache(10_000_000));
        List<KeyTexts.Page> first = pages(segment, word(2, NEWEST), 2);
        assertEquals(1_000, texts(first).size());
        assertSame(first.get(1), pages(segment, word(2, Long.MAX_VALUE), 2).get(1));
        assertNotSame(first.get(1), pages(segment, word(2, NEWEST), 1).get(1));
        assertEquals(List.of(), pages(segment, word(2, NEWEST - 1), 2));
        EntryScan shorter = new EntryScan(key(2, 0), key(2, 2_500), true, NEWEST);
        assertEquals(500, texts(pages(segment, shorter, 2)).size());
    }

    @Test
    void who_has_not_read_all_leaves_nothing_behind() throws IOException {
        BlockCache cache = new BlockCache(10_000_000);
        Segment segment = plain(cache);
        oneByOne(segment, EntryScan.all(), 0);
        long before = cache.bytes();
        try (EntryCursor cursor = segment.cursor(word(2, NEWEST))) {
            assertTrue(cursor.page(new KeyTexts(2), false).isPresent());
        }
        assertEquals(before, cache.bytes());
        pages(segment, word(2, NEWEST), 2);
        assertTrue(cache.bytes() > before + 8_000, () -> before + " to " + cache.bytes());
    }

    /** A large range is not kept, and many small ones leave again; nothing of a segment stays. */
    @Test
    void pages_count_as_blocks_do() throws IOException {
        BlockCache cache = new BlockCache(600_000);
        Segment segment = plain(cache);
        assertEquals(5_000, texts(pages(segment, EntryScan.all(), 0)).size());
        List<KeyTexts.Page> again = pages(segment, EntryScan.all(), 0);
        assertNotSame(again.get(0), pages(segment, EntryScan.all(), 0).get(0));
        for (int from = 0; from < 4_000; from++) {
            int word = from / 1_000;
            byte[] end = key(word, from + 200);
            pages(segment, new EntryScan(key(word, from), end, true, NEWEST), 2);
            assertTrue(cache.bytes() <= 600_000, () -> cache.bytes() + " bytes");
        }
        segment.release();
        assertEquals(0, cache.bytes());
    }
}
