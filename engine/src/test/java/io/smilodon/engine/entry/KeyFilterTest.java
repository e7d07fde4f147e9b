package io.smilodon.engine.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeyFilterTest {

    private static final int ASKED = 20_000;

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);

    private long[] hashes(int count) {
        return random.longs(count).toArray();
    }

    private static void assertHolds(KeyFilter filter, long[] hashes, String context) {
        for (long hash : hashes) {
            assertTrue(filter.mightContain(hash), context);
        }
    }

    private double wrong(KeyFilter filter) {
        long found = random.longs(ASKED).filter(filter::mightContain).count();
        return (double) found / ASKED;
    }

    @RepeatedTest(20)
    void a_filter_of_others_holds_the_keys_of_all_of_them() {
        List<long[]> keys = new ArrayList<>();
        List<KeyFilter> filters = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            keys.add(hashes(1 + random.nextInt(random.nextBoolean() ? 5_000 : 50)));
            filters.add(KeyFilter.of(keys.getLast()));
        }
        KeyFilter some = KeyFilter.merged(filters.subList(0, 3));
        List<KeyFilter> mixed = new ArrayList<>(filters.subList(3, 8));
        mixed.add(some);
        KeyFilter all = KeyFilter.merged(mixed);
        for (long[] hashes : keys) {
            assertHolds(all, hashes, "seed " + seed);
        }
    }

    @RepeatedTest(20)
    void a_filter_of_others_tells_which_of_them_may_have_a_key() {
        List<long[]> keys = new ArrayList<>();
        List<KeyFilter> filters = new ArrayList<>();
        for (int number = 0; number < 70; number++) {
            keys.add(hashes(1 + random.nextInt(300)));
            filters.add(KeyFilter.of(keys.getLast()));
        }
        KeyFilter all = KeyFilter.merged(filters);
        int bits = 0;
        int asked = 0;
        for (int number = 0; number < 70; number++) {
            for (long hash : keys.get(number)) {
                long matches = all.matches(hash);
                assertTrue((matches & 1L << number % Long.SIZE) != 0, "seed " + seed);
                bits += Long.bitCount(matches);
                asked++;
            }
        }
        assertTrue(bits < 4 * asked, bits + " of " + asked + ", seed " + seed);
        assertEquals(all.mightContain(seed), all.matches(seed) != 0, "seed " + seed);
    }

    @Test
    void most_other_keys_are_told_apart() {
        List<KeyFilter> filters = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            filters.add(KeyFilter.of(hashes(4_000 + 20 * number)));
            assertTrue(wrong(filters.getLast()) < 0.03, "seed " + seed);
        }
        assertTrue(wrong(KeyFilter.merged(filters)) < 0.15, "seed " + seed);
    }

    @Test
    void those_of_about_the_same_number_of_keys_are_alike() {
        List<KeyFilter> filters = new ArrayList<>();
        for (int number = 0; number < 7; number++) {
            filters.add(KeyFilter.of(hashes(6_100 + 20 * number)));
        }
        assertTrue(KeyFilter.areAlike(filters));
        filters.add(KeyFilter.of(hashes(600_000)));
        assertFalse(KeyFilter.areAlike(filters), "all would take as much as the largest");
    }

    @Test
    void there_may_be_one_key_or_none() {
        assertTrue(KeyFilter.of(new long[] {seed}).mightContain(seed));
        assertEquals(0, wrong(KeyFilter.of(new long[0])));
    }
}
