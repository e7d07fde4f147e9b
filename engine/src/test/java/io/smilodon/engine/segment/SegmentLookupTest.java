package io.smilodon.engine.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.manifest.SegmentFile;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SegmentLookupTest {

    private static final int KEYS = 2_000;
    private static final int NEWEST = 5;

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final FaultyDirectory directory = new FaultyDirectory();
    private final List<TreeMap<Long, Optional<byte[]>>> versions = new ArrayList<>();

    private static byte[] key(int number) {
        int kind = number < KEYS / 2 ? 1 : 3; // the first is scanned
        return ByteBuffer.allocate(2 + Long.BYTES)
                .putLong(2, 3L * number)
                .put(0, (byte) kind)
                .array();
    }

    /** Every other key is there, in up to five versions, some of them long. */
    private Segment segment(BlockCache cache) throws IOException {
        FileHeader header = new FileHeader(FileKind.SEGMENT, 11, 1, 33);
        SegmentFile written;
        try (StorageFile file = directory.create(SegmentFile.name(1))) {
            TightSegment writer = new TightSegment(file, header);
            for (int number = 0; number < KEYS; number++) {
                versions.add(number % 2 == 0 ? new TreeMap<>() : someVersions());
                for (var version : versions.get(number).descendingMap().entrySet()) {
                    writer.add(new WrittenEntry(key(number), version.getKey(), version.getValue()));
                }
            }
            written = writer.finish();
        }
        SegmentContext context = new SegmentContext(header, cache, segment -> {});
        return Segment.open(written, directory.open(written.name()), context);
    }

    private TreeMap<Long, Optional<byte[]>> someVersions() {
        TreeMap<Long, Optional<byte[]>> some = new TreeMap<>();
        int count = random.nextInt(4) == 0 ? NEWEST : 1;
        for (int index = 0; index < count; index++) {
            byte[] value = new byte[random.nextInt(random.nextInt(20) == 0 ? 20_000 : 800)];
            random.nextBytes(value);
            Optional<byte[]> written =
                    random.nextInt(8) == 0 ? Optional.empty() : Optional.of(value);
            some.put(1L + random.nextInt(NEWEST), written);
        }
        return some;
    }

    /** Whether blocks are in memory or not, or leave it meanwhile. */
    @RepeatedTest(10)
    void lookups_together_find_what_was_written() throws IOException {
        int cacheBytes = random.nextInt(3) == 0 ? 1 << 30 : 60_000 + random.nextInt(200_000);
        Segment segment = segment(new BlockCache(cacheBytes));
        for (int round = 0; round < 100; round++) {
            List<Integer> numbers = new ArrayList<>();
            List<SegmentLookup> lookups = new ArrayList<>();
            for (int count = random.nextInt(40); count >= 0; count--) {
                int number = random.nextInt(KEYS);
                byte[] key = key(number);
                numbers.add(number);
                lookups.add(new SegmentLookup(segment, key, BloomFilter.hash(key)));
            }
            if (random.nextInt(10) > 0) {
                SegmentLookup.approach(lookups);
            }
            for (int index = 0; index < numbers.size(); index++) {
                check(lookups.get(index), numbers.get(index));
            }
        }
    }

    private void check(SegmentLookup lookup, int number) {
        long sequence = random.nextInt(NEWEST + 2);
        Map.Entry<Long, Optional<byte[]>> expected = versions.get(number).floorEntry(sequence);
        Optional<Entry> found = lookup.find(sequence);
        assertEquals(
                expected == null ? "none" : text(expected.getKey(), expected.getValue()),
                found.map(entry -> text(entry.sequence(), entry.value())).orElse("none"),
                () -> "seed " + seed + ": key " + number + " at " + sequence);
    }

    private static String text(long sequence, Optional<byte[]> value) {
        return sequence + " " + value.map(Arrays::hashCode);
    }
}
