package io.smilodon.engine.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
class HeadTreeTest {

    /** Keys with much or little in common, with zeroes at their ends, and equal ones. */
    @RepeatedTest(100)
    void a_search_ends_where_a_walk_does() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        byte[][] keys = keys(random);
        HeadTree tree = new HeadTree(keys);
        List<byte[]> sought = new ArrayList<>(List.of(keys));
        for (byte[] key : keys) {
            sought.add(Arrays.copyOf(key, key.length + 1 + random.nextInt(9)));
            sought.add(Arrays.copyOf(key, random.nextInt(key.length + 1)));
        }
        sought.addAll(List.of(keys(random)));
        for (byte[] key : sought) {
            int expected = 0;
            while (expected < keys.length && Arrays.compareUnsigned(keys[expected], key) < 0) {
                expected++;
            }
            assertEquals(
                    expected,
                    tree.placeOf(key),
                    () -> "seed " + seed + ": " + Arrays.toString(key));
        }
    }

    private static byte[][] keys(Random random) {
        int letters = 1 + random.nextInt(4);
        int lengthMax = 1 + random.nextInt(40);
        byte[][] commons = new byte[1 + random.nextInt(4)][];
        for (int index = 0; index < commons.length; index++) {
            commons[index] = letters(new byte[random.nextInt(30)], 0, letters, random);
        }
        byte[][] keys = new byte[1 + random.nextInt(300)][];
        for (int index = 0; index < keys.length; index++) {
            byte[] common = commons[random.nextInt(commons.length)];
            int length = common.length + random.nextInt(lengthMax);
            keys[index] = letters(Arrays.copyOf(common, length), common.length, letters, random);
        }
        Arrays.sort(keys, Arrays::compareUnsigned);
        return keys;
    }

    private static byte[] letters(byte[] key, int from, int letters, Random random) {
        for (int index = from; index < key.length; index++) {
            key[index] = (byte) (random.nextInt(letters) * 85);
        }
        return key;
    }

    /** Groups of heads are filled up with the largest one, which a key may have too. */
    @Test
    void the_largest_head_is_found_whether_or_not_it_fills_a_group() {
        byte[] largest = new byte[Long.BYTES];
        Arrays.fill(largest, (byte) 0xff);
        for (int count = 1; count <= 70; count++) {
            byte[][] keys = new byte[count][];
            for (int index = 0; index < count; index++) {
                keys[index] = new byte[] {(byte) index, 1};
            }
            assertEquals(count, new HeadTree(keys).placeOf(largest));
            keys[count - 1] = largest;
            HeadTree tree = new HeadTree(keys);
            assertEquals(count - 1, tree.placeOf(largest));
            assertEquals(count, tree.placeOf(Arrays.copyOf(largest, largest.length + 1)));
            assertEquals(count - 1, tree.placeOf(Arrays.copyOf(largest, largest.length - 1)));
        }
    }

    @Test
    void no_keys_have_a_place_behind_them() {
        assertEquals(0, new HeadTree(new byte[0][]).placeOf(new byte[] {1}));
    }

    @Test
    void keys_that_end_inside_a_head_need_no_node_without_end() {
        byte[][] keys = new byte[1000][];
        for (int length = 0; length < keys.length; length++) {
            keys[length] = new byte[length];
        }
        HeadTree tree = new HeadTree(keys);
        for (int length = 0; length < keys.length; length++) {
            assertEquals(length, tree.placeOf(new byte[length]));
        }
        assertTrue(tree.bytes() < 1_000_000);
    }
}
