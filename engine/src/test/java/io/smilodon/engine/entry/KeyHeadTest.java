package io.smilodon.engine.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.testing.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeyHeadTest {

    @Test
    void heads_that_differ_are_in_the_order_of_their_keys() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int round = 0; round < 100_000; round++) {
            byte[] left = key(random);
            byte[] right = key(random);
            int byHead = Long.compareUnsigned(KeyHead.of(left, 0), KeyHead.of(right, 0));
            if (byHead != 0) {
                int byKey = Arrays.compareUnsigned(left, right);
                assertEquals(Integer.signum(byKey), Integer.signum(byHead), "seed " + seed);
            }
        }
    }

    /** Few different bytes, so that keys share beginnings and are beginnings of one another. */
    private static byte[] key(Random random) {
        byte[] key = new byte[random.nextInt(12)];
        for (int index = 0; index < key.length; index++) {
            key[index] = (byte) (random.nextInt(3) - 1);
        }
        return key;
    }

    @Test
    void bytes_behind_the_end_are_zeroes() {
        assertEquals(0x0102_0000_0000_0000L, KeyHead.of(new byte[] {9, 1, 2}, 1));
        assertEquals(0, KeyHead.of(new byte[] {9, 1, 2}, 8));
        assertEquals(
                0x0102_0304_0506_07ffL, KeyHead.of(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, -1}, 1));
    }
}
