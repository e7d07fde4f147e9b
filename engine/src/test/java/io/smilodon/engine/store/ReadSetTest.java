package io.smilodon.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReadSetTest {

    private static byte[] key(Random random) {
        byte[] key = new byte[1 + random.nextInt(2)];
        for (int index = 0; index < key.length; index++) {
            key[index] = (byte) (random.nextInt(5) - 2);
        }
        return key;
    }

    private static byte[] number(int number) {
        return new byte[] {1, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
    }

    @RepeatedTest(50)
    void it_contains_what_was_added_and_nothing_else() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        ReadSet reads = new ReadSet();
        List<KeyRange> added = new ArrayList<>();
        for (int step = 0; step < 12; step++) {
            byte[] from = key(random);
            if (random.nextBoolean()) {
                reads.add(from);
                added.add(new KeyRange(from, ReadSet.after(from)));
            } else {
                byte[] to = random.nextInt(8) == 0 ? new byte[0] : key(random);
                reads.add(from, to);
                added.add(new KeyRange(from, to));
            }
            for (int probe = 0; probe < 30; probe++) {
                byte[] key = key(random);
                assertEquals(
                        added.stream().anyMatch(range -> range.contains(key)),
                        reads.contains(key),
                        () -> "seed " + seed + ": " + Arrays.toString(key) + " in " + added);
            }
            assertApart(reads, seed);
        }
    }

    private static void assertApart(ReadSet reads, long seed) {
        List<KeyRange> ranges = reads.ranges();
        for (int index = 1; index < ranges.size(); index++) {
            byte[] end = ranges.get(index - 1).to();
            assertTrue(
                    end.length > 0 && Arrays.compareUnsigned(end, ranges.get(index).from()) < 0,
                    () -> "seed " + seed + ": " + ranges);
        }
    }

    @Test
    void too_many_keys_widen_it_and_none_is_dropped() {
        ReadSet reads = new ReadSet();
        int count = 3 * ReadSet.RANGES_MAX;
        for (int index = 0; index < count; index++) {
            reads.add(number(4 * index));
        }
        assertTrue(reads.ranges().size() <= ReadSet.RANGES_MAX);
        assertTrue(reads.ranges().size() > ReadSet.RANGES_MAX / 4, "not coarser than needed");
        for (int index = 0; index < count; index++) {
            assertTrue(reads.contains(number(4 * index)));
        }
        assertFalse(reads.contains(new byte[] {2}));
    }

    @Test
    void keys_that_are_too_long_together_widen_it_too() {
        ReadSet reads = new ReadSet();
        for (int index = 0; index < 2_000; index++) {
            byte[] key = Arrays.copyOf(number(index), 4_000);
            reads.add(key);
            assertTrue(reads.contains(key));
        }
        long bytes =
                reads.ranges().stream()
                        .mapToLong(range -> range.from().length + range.to().length)
                        .sum();
        assertTrue(bytes <= ReadSet.BYTES_MAX, () -> "bytes " + bytes);
    }

    @Test
    void a_retired_prefix_touches_what_lies_under_it() {
        ReadSet reads = new ReadSet();
        reads.add(new byte[] {5, 7});
        assertTrue(reads.isTouchedBy(ReservedKeys.retired(new byte[] {5})));
        assertTrue(reads.isTouchedBy(ReservedKeys.retired(new byte[] {5, 7})));
        assertFalse(reads.isTouchedBy(ReservedKeys.retired(new byte[] {5, 7, 0})));
        assertFalse(reads.isTouchedBy(ReservedKeys.retired(new byte[] {4})));
        reads.add(new byte[] {1}, new byte[] {9});
        assertTrue(reads.isTouchedBy(ReservedKeys.retired(new byte[] {4})));
    }
}
