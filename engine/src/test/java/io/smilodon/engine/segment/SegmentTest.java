package io.smilodon.engine.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.entry.KeyTails;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.Checksum;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SegmentTest {

    private static final FileHeader HEADER = new FileHeader(FileKind.SEGMENT, 11, 22, 33);

    private final FaultyDirectory directory = new FaultyDirectory();
    private final BlockCache cache = new BlockCache(200_000);

    private SegmentFile write(NavigableMap<byte[], Optional<byte[]>> entries) throws IOException {
        try (StorageFile file = directory.create(SegmentFile.name(22))) {
            TightSegment writer = new TightSegment(file, HEADER);
            long sequence = 100;
            for (var entry : entries.entrySet()) {
                writer.add(new WrittenEntry(entry.getKey(), sequence++, entry.getValue()));
            }
            return writer.finish();
        }
    }

    private Segment open(SegmentFile file) throws IOException {
        SegmentContext context = new SegmentContext(HEADER, cache, segment -> {});
        return Segment.open(file, directory.open(file.name()), context);
    }

    private static NavigableMap<byte[], Optional<byte[]>> randomEntries(Random random, int count) {
        NavigableMap<byte[], Optional<byte[]>> entries = new TreeMap<>(Arrays::compareUnsigned);
        for (int index = 0; index < count; index++) {
            byte[] key = new byte[1 + random.nextInt(random.nextInt(20) == 0 ? 300 : 6)];
            random.nextBytes(key);
            byte[] value = new byte[random.nextInt(random.nextInt(50) == 0 ? 40_000 : 100)];
            if (random.nextBoolean()) {
                random.nextBytes(value);
            }
            entries.put(key, random.nextInt(5) == 0 ? Optional.empty() : Optional.of(value));
        }
        return entries;
    }

    private static String text(byte[] key, Optional<byte[]> value) {
        return HexFormat.of().formatHex(key) + value.map(Arrays::hashCode);
    }

    private static List<String> scan(Segment segment, EntryScan scan) {
        List<String> found = new ArrayList<>();
        try (EntryCursor cursor = segment.cursor(scan)) {
            while (cursor.advance()) {
                found.add(
                        text(
                                cursor.key(),
                                cursor.isRemoval()
                                        ? Optional.empty()
                                        : Optional.of(cursor.value())));
            }
        }
        assertEquals(live(segment, scan), many(segment, scan));
        return found;
    }

    private static List<String> live(Segment segment, EntryScan scan) {
        List<String> found = new ArrayList<>();
        try (EntryCursor cursor = segment.cursor(scan)) {
            while (cursor.advance()) {
                if (!cursor.isRemoval()) {
                    found.add(HexFormat.of().formatHex(cursor.key()));
                }
            }
        }
        return found;
    }

    /** Keys that are not removed, as many as possible at a time, some by steps in between. */
    private static List<String> many(Segment segment, EntryScan scan) {
        List<String> found = new ArrayList<>();
        KeyTails tails = new KeyTails();
        boolean hasMore = true;
        try (EntryCursor cursor = segment.cursor(scan)) {
            while (hasMore) {
                tails.begin(0);
                hasMore = cursor.fill(tails);
                for (int index = 0; index < tails.count(); index++) {
                    int start = tails.start(index);
                    found.add(HexFormat.of().formatHex(tails.bytes(), start, tails.end(index)));
                }
                hasMore = hasMore && cursor.advance();
                if (hasMore && !cursor.isRemoval()) {
                    found.add(HexFormat.of().formatHex(cursor.key()));
                }
            }
        }
        return found;
    }

    @Test
    void it_answers_like_the_map_it_was_written_from() throws IOException {
        long seed = Seeds.next();
        Random random = new Random(seed);
        NavigableMap<byte[], Optional<byte[]>> entries = randomEntries(random, 3_000);
        Segment segment = open(write(entries));
        entries.forEach(
                (key, value) -> {
                    Entry found =
                            segment.find(key, BloomFilter.hash(key), Long.MAX_VALUE).orElseThrow();
                    assertEquals(text(key, value), text(key, found.value()), () -> "seed " + seed);
                });
        for (int round = 0; round < 60; round++) {
            byte[] from = new byte[random.nextInt(3)];
            byte[] to = new byte[random.nextInt(3)];
            random.nextBytes(from);
            random.nextBytes(to);
            List<String> expected = new ArrayList<>();
            EntryScan forward = new EntryScan(from, to, true, Long.MAX_VALUE);
            entries.forEach(
                    (key, value) -> {
                        if (!forward.isBefore(key) && !forward.isAfter(key)) {
                            expected.add(text(key, value));
                        }
                    });
            assertEquals(expected, scan(segment, forward), () -> "seed " + seed);
            Collections.reverse(expected);
            EntryScan backward = new EntryScan(from, to, false, Long.MAX_VALUE);
            assertEquals(expected, scan(segment, backward), () -> "seed " + seed);
        }
        assertTrue(cache.bytes() <= 200_000, "the cache keeps its budget");
    }

    /** Keys that have much in common, of one to four versions, some behind the end of a walk. */
    @RepeatedTest(40)
    void a_walk_ends_where_its_range_does() throws IOException {
        long seed = Seeds.next();
        Random random = new Random(seed);
        NavigableMap<byte[], Integer> versions = new TreeMap<>(Arrays::compareUnsigned);
        for (int key = 0; key < 200; key++) {
            byte[] alike = alike(random);
            versions.put(alike, oldest(alike) + random.nextInt(4));
        }
        SegmentFile written;
        try (StorageFile file = directory.create(SegmentFile.name(22))) {
            TightSegment writer = new TightSegment(file, HEADER);
            for (var entry : versions.entrySet()) {
                int oldest = oldest(entry.getKey());
                for (long version = entry.getValue(); version >= oldest; version--) {
                    Optional<byte[]> value = Optional.of(new byte[(int) version]);
                    writer.add(new WrittenEntry(entry.getKey(), version, value));
                }
            }
            written = writer.finish();
        }
        Segment segment = open(written);
        for (int round = 0; round < 100; round++) {
            long sequence = 1 + random.nextInt(6);
            EntryScan scan = new EntryScan(alike(random), alike(random), true, sequence);
            List<String> expected = new ArrayList<>();
            versions.forEach(
                    (key, newest) -> {
                        byte[] value = new byte[(int) Math.min(newest, sequence)];
                        boolean isSeen = sequence >= oldest(key);
                        if (isSeen && !scan.isBefore(key) && !scan.isAfter(key)) {
                            expected.add(text(key, Optional.of(value)));
                        }
                    });
            assertEquals(expected, scan(segment, scan), () -> "seed " + seed);
        }
    }

    private static int oldest(byte[] key) {
        return 1 + key.length % 3;
    }

    private static byte[] alike(Random random) {
        byte[] key = new byte[1 + random.nextInt(12)];
        for (int index = 0; index < key.length; index++) {
            key[index] = (byte) (random.nextInt(5) == 0 ? 1 + random.nextInt(3) : 2);
        }
        return key;
    }

    /** Five keys of 300 versions each, some blocks of one key only, read as of every commit. */
    @Test
    void a_walk_reads_few_blocks_of_older_versions() throws IOException {
        SegmentFile written;
        try (StorageFile file = directory.create(SegmentFile.name(22))) {
            TightSegment writer = new TightSegment(file, HEADER);
            for (int key = 1; key <= 5; key++) {
                for (int version = 300; version > 0; version--) {
                    writer.add(
                            new WrittenEntry(
                                    new byte[] {(byte) key},
                                    version * 10L + key,
                                    versionOf(version)));
                }
            }
            written = writer.finish();
        }
        Segment segment = open(written);
        assertTrue(segment.index().count() > 100);
        for (boolean isForward : new boolean[] {true, false}) {
            for (long sequence = 0; sequence <= 3_020; sequence += 13) {
                List<String> expected = new ArrayList<>();
                for (int key = 1; key <= 5; key++) {
                    int version = (int) Math.min(300, (sequence - key) / 10);
                    if (sequence >= 10 + key) {
                        expected.add(text(new byte[] {(byte) key}, versionOf(version)));
                    }
                }
                if (!isForward) {
                    Collections.reverse(expected);
                }
                EntryScan scan = new EntryScan(new byte[0], new byte[0], isForward, sequence);
                assertEquals(expected, scan(segment, scan), "as of " + sequence);
            }
            BlockCache fresh = new BlockCache(10_000_000);
            SegmentContext context = new SegmentContext(HEADER, fresh, closed -> {});
            Segment again = Segment.open(written, directory.open(written.name()), context);
            scan(again, new EntryScan(new byte[0], new byte[0], isForward, Long.MAX_VALUE));
            assertTrue(
                    fresh.statistics().misses() <= 20,
                    () -> "blocks read: " + fresh.statistics().misses());
        }
    }

    private static Optional<byte[]> versionOf(int version) {
        byte[] value = new byte[2_000];
        new Random(version).nextBytes(value);
        return Optional.of(value);
    }

    @Test
    void of_several_versions_the_newest_that_may_be_seen_is_found() throws IOException {
        SegmentFile written;
        byte[] value = new byte[9_000];
        byte[] key = {5};
        try (StorageFile file = directory.create(SegmentFile.name(22))) {
            TightSegment writer = new TightSegment(file, HEADER);
            for (long sequence = 9; sequence > 0; sequence--) {
                writer.add(new WrittenEntry(key, sequence, Optional.of(value)));
            }
            writer.add(new WrittenEntry(new byte[] {6}, 4, Optional.empty()));
            written = writer.finish();
        }
        Segment segment = open(written);
        for (long sequence = 1; sequence <= 9; sequence++) {
            Entry found = segment.find(key, BloomFilter.hash(key), sequence).orElseThrow();
            assertEquals(sequence, found.sequence());
            for (boolean isForward : new boolean[] {true, false}) {
                EntryScan scan = new EntryScan(key, new byte[] {6}, isForward, sequence);
                try (EntryCursor cursor = segment.cursor(scan)) {
                    assertTrue(cursor.advance());
                    assertEquals(sequence, cursor.sequence());
                    assertFalse(cursor.advance());
                }
            }
        }
        assertTrue(segment.find(key, BloomFilter.hash(key), 0).isEmpty());
    }

    @Test
    void every_changed_byte_is_noticed() throws IOException {
        SegmentFile file = write(randomEntries(new Random(5), 60));
        byte[] good = directory.bytes(file.name());
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= (byte) (1 << at % 8);
            directory.replace(file.name(), bad);
            int place = at;
            SmilodonException error =
                    assertThrows(
                            SmilodonException.class,
                            () -> open(file).verify(),
                            () -> "byte " + place + " of " + good.length);
            assertEquals(ErrorCode.DATA_CORRUPTION_DETECTED, error.code());
            assertEquals(file.name(), error.details().get("file"));
        }
    }

    @Test
    void a_shortened_or_foreign_file_is_refused() throws IOException {
        SegmentFile file = write(randomEntries(new Random(5), 60));
        byte[] good = directory.bytes(file.name());
        directory.replace(file.name(), Arrays.copyOf(good, good.length - 1));
        assertThrows(SmilodonException.class, () -> open(file));
        directory.replace(file.name(), good);
        FileHeader other = new FileHeader(FileKind.SEGMENT, 11, 22, 34);
        SegmentContext context = new SegmentContext(other, cache, segment -> {});
        assertThrows(
                SmilodonException.class,
                () -> Segment.open(file, directory.open(file.name()), context));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private SegmentFile writeSmall() throws IOException {
        NavigableMap<byte[], Optional<byte[]>> entries = new TreeMap<>(Arrays::compareUnsigned);
        entries.put(ascii("ab"), Optional.of(new byte[] {1}));
        entries.put(ascii("abc"), Optional.empty());
        return write(entries);
    }

    private static void assertSmall(Segment segment) {
        byte[] first = ascii("ab");
        byte[] second = ascii("abc");
        Entry found = segment.find(first, BloomFilter.hash(first), 200).orElseThrow();
        assertArrayEquals(new byte[] {1}, found.value().orElseThrow());
        Entry removed = segment.find(second, BloomFilter.hash(second), 200).orElseThrow();
        assertEquals(Optional.empty(), removed.value());
        assertEquals(2, segment.entryCount());
        assertTrue(segment.keyCountMax() >= 2);
    }

    /** If this fails, the format has changed: raise its version and keep reading the old one. */
    @Test
    void the_format_is_pinned() throws IOException {
        SegmentFile file = writeSmall();
        assertEquals(PINNED, HexFormat.of().formatHex(directory.bytes(file.name())));
        assertSmall(open(file));
    }

    @Test
    void the_format_before_is_still_read() throws IOException {
        byte[] old = HexFormat.of().parseHex(FORMAT_1);
        SegmentFile file = writeSmall();
        directory.replace(file.name(), old);
        byte[] footer = Arrays.copyOfRange(old, old.length - SegmentFooter.BYTES, old.length);
        SegmentFile known =
                new SegmentFile(
                        file.number(), file.salt(), old.length, Checksum.of(footer), 100, 101);
        assertSmall(open(known));
    }

    private static final String PINNED =
            "534d494c5345470a00020000000000000000000000000000000000000000000b000000000000"
                    + "00160000000000000021e4881247000000001400026402616201020165006300000000000000"
                    + "01dc43b78c000000000901026162036162631dd5fa6697010000004c25020001008304000020"
                    + "001000011100021a00320200101000722400000004020a0d000d0500500200000000e6ff2bbc"
                    + "0000000000000002000000000000006400000000000000650000000000000051000000120000"
                    + "00000000006300000035e423badeb571dcf3d1be2d421f35985ed0fb8cba724e669b8e65a6a3"
                    + "e868ff6dd87bb125";
    private static final String FORMAT_1 =
            "534d494c5345470a00010000000000000000000000000000000000000000000b000000000000"
                    + "00160000000000000021858a11c5000000001400026402616201020165006300000000000000"
                    + "01dc43b78c000000000901026162036162631dd5fa6697010000004025020001008304000020"
                    + "001000011100021a00320200101000722400000004020a0d00a000000000000000000000fd75"
                    + "0bf2000000000000000200000000000000640000000000000065000000000000005100000012"
                    + "00000000000000630000003766ef9ae74a350c0c238e0b4ce2caf6f253f889687e17646154b8"
                    + "e3ec49ea1637aa235cab";
}
