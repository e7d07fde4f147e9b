package io.smilodon.engine.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BloomFilterTest {

    /** Of none, of a few keys and of many; some hashes come more than once. */
    @RepeatedTest(20)
    void every_key_is_in_its_filter_whatever_the_order_in_which_they_came() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        int count = random.nextInt(random.nextBoolean() ? 100 : 20_000);
        long[] hashes = random.longs(count, 0, Long.MAX_VALUE).toArray();
        Arrays.setAll(hashes, index -> random.nextInt(9) == 0 ? hashes[0] : hashes[index] * 2 + 1);
        long[] backwards = new long[count];
        Arrays.setAll(backwards, index -> hashes[count - 1 - index]);
        BloomFilter filter = BloomFilter.of(hashes.clone(), count);
        for (long hash : hashes) {
            assertTrue(filter.mightContain(hash), () -> "seed " + seed);
        }
        byte[] encoded = filter.encode();
        assertArrayEquals(encoded, BloomFilter.of(backwards, count).encode(), () -> "seed " + seed);
    }

    @Test
    void few_absent_keys_are_taken_for_present_ones() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        int count = 300_000;
        BloomFilter filter = BloomFilter.of(random.longs(count).toArray(), count);
        long wrong = random.longs(count).filter(filter::mightContain).count();
        assertTrue(wrong < count / 50, () -> "seed " + seed + ": " + wrong);
    }
}
