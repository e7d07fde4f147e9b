package io.smilodon.engine.memtable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import io.smilodon.engine.testing.Seeds;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** One thread writes; whoever has learnt of a commit sees exactly what was there by then. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MemtableConcurrencyTest {

    private static final int ENTRIES = 40_000;

    private final long seed = Seeds.next();
    private final Memtable table = new Memtable();
    private final byte[][] keys = new byte[ENTRIES + 1][];

    /** How many keys there are after so many entries. */
    private final int[] counts = new int[ENTRIES + 1];

    private volatile int published;

    /** Runs of ascending keys, with others between them. */
    private void choose() {
        Random random = new Random(seed);
        Set<byte[]> distinct = new TreeSet<>(Arrays::compareUnsigned);
        int next = 0;
        for (int entry = 1; entry <= ENTRIES; entry++) {
            boolean isRun = (entry >> 9) % 2 == 0;
            int number = isRun ? next++ : random.nextInt(2 * ENTRIES);
            keys[entry] = new byte[] {(byte) (number >> 16), (byte) (number >> 8), (byte) number};
            distinct.add(keys[entry]);
            counts[entry] = distinct.size();
        }
    }

    private Void write() {
        for (int entry = 1; entry <= ENTRIES; entry++) {
            table.add(keys[entry], Optional.of(keys[entry]), entry);
            published = entry;
        }
        return null;
    }

    private Void read(boolean isForward) {
        int known = 0;
        while (known < ENTRIES) {
            known = published;
            EntryCursor cursor =
                    table.cursor(new EntryScan(new byte[0], new byte[0], isForward, known));
            byte[] last = {};
            int count = 0;
            while (cursor.advance()) {
                int order = Arrays.compareUnsigned(cursor.key(), last);
                assertTrue(count == 0 || (isForward ? order > 0 : order < 0), "seed " + seed);
                assertTrue(cursor.sequence() <= known, "seed " + seed);
                last = cursor.key();
                count++;
            }
            assertEquals(counts[known], count, "as of " + known + ", seed " + seed);
        }
        return null;
    }

    @RepeatedTest(3)
    void readers_see_all_that_they_have_learnt_of_and_nothing_newer() throws Exception {
        choose();
        Callable<Void> forward = () -> read(true);
        Callable<Void> backward = () -> read(false);
        try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
            Future<Void> first = pool.submit(forward);
            Future<Void> second = pool.submit(backward);
            pool.submit(this::write).get();
            first.get();
            second.get();
        }
    }
}
