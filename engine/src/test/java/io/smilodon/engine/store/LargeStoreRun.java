package io.smilodon.engine.store;

import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.value.Direction;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * Loads a store much larger than the heap, reads it, closes it, and opens it again; prints what
 * each part took. Run by hand, with {@code -Xmx512m}:
 *
 * <pre>LargeStoreRun directory gigabytes random|ascending</pre>
 */
final class LargeStoreRun {

    private static final int VALUE_BYTES = 700;
    private static final int BATCH = 200;
    private static final int POINT_READS = 200_000;
    private static final int SCANS = 2_000;

    private final Path path;
    private final long count;
    private final boolean isRandom;
    private final PrintStream out;
    private long startNanos;

    private LargeStoreRun(Path path, long count, boolean isRandom, PrintStream out) {
        this.path = path;
        this.count = count;
        this.isRandom = isRandom;
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        long bytes = (long) (Double.parseDouble(arguments[1]) * (1L << 30));
        new LargeStoreRun(
                        Path.of(arguments[0]),
                        bytes / VALUE_BYTES,
                        arguments[2].equals("random"),
                        System.out)
                .run();
    }

    private void run() throws IOException {
        try (EmbeddedStore store = open()) {
            begin();
            load(store);
            end("load", count, "documents");
            begin();
            store.awaitCompacted();
            end("compaction afterwards", 1, "time");
            report(store);
            read(store);
        }
        begin();
        try (EmbeddedStore store = open()) {
            end("opening", 1, "time");
            read(store);
        }
    }

    private EmbeddedStore open() throws IOException {
        return EmbeddedStore.open(FileDirectory.open(path), StorageOptions.DEFAULTS);
    }

    private void begin() {
        startNanos = System.nanoTime();
    }

    private void end(String what, long operations, String unit) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        out.printf(
                Locale.ROOT,
                "%-24s %9.2f s %12.0f %s/s   peak heap %d MiB%n",
                what,
                seconds,
                operations / seconds,
                unit,
                peakHeap() >> 20);
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    /** Every number once; in random order they are spread over the whole key space. */
    private byte[] key(long number) {
        long spread = isRandom ? number * 0x9e3779b97f4a7c15L : number;
        return ByteBuffer.allocate(17).put((byte) 2).putLong(7).putLong(spread).array();
    }

    private static byte[] value(long number) {
        byte[] value = new byte[VALUE_BYTES];
        new Random(number).nextBytes(value);
        return value;
    }

    private void load(EmbeddedStore store) {
        for (long number = 0; number < count; number += BATCH) {
            WriteBatch batch = new WriteBatch();
            for (long next = number; next < Math.min(count, number + BATCH); next++) {
                batch.put(key(next), value(next));
            }
            store.write(batch);
        }
    }

    private void report(EmbeddedStore store) {
        StoreStatistics now = store.statistics();
        out.println(now.flush());
        out.println(now.compaction());
        out.println(now.cache());
        double user = (double) count * (VALUE_BYTES + 17);
        out.printf(
                Locale.ROOT,
                "write amplification of segments %.2f, space %.2f%n",
                (now.flush().bytesOut() + now.compaction().bytesOut()) / user,
                now.segmentBytes() / user);
    }

    private void read(EmbeddedStore store) {
        Random random = new Random(1);
        try (Snapshot snapshot = store.snapshot()) {
            begin();
            for (int round = 0; round < POINT_READS; round++) {
                long number = random.nextLong(count);
                byte[] found = snapshot.get(key(number)).orElseThrow().value();
                if (round % 100 == 0 && !Arrays.equals(found, value(number))) {
                    throw new AssertionError("wrong value of " + number);
                }
            }
            end("point reads", POINT_READS, "reads");
            begin();
            for (int round = 0; round < SCANS; round++) {
                scan(snapshot, key(random.nextLong(count)), 100);
            }
            end("scans of 100", SCANS, "scans");
            begin();
            long seen = scan(snapshot, new byte[0], Long.MAX_VALUE);
            end("full scan", seen, "documents");
            if (seen != count) {
                throw new AssertionError(seen + " of " + count);
            }
        }
        out.println(store.statistics().cache());
    }

    private static long scan(Snapshot snapshot, byte[] from, long most) {
        long seen = 0;
        KeyRange range = new KeyRange(from, new byte[0]);
        try (KeyCursor cursor = snapshot.cursor(range, Direction.FORWARD)) {
            while (seen < most && cursor.advance()) {
                seen++;
            }
        }
        return seen;
    }
}
