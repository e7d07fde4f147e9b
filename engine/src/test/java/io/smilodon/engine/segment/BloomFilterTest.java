package io.smilodon.engine.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.KeyKind;
import io.smilodon.engine.file.MalformedBytesException;
import io.smilodon.engine.testing.Seeds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BloomFilterTest {

    private static final int KEYS = 100_000;
    private static final String PINNED =
            "0000000000000000000000000000000000000000008000000200200000000001000000008000"
                    + "0000000000000000000000000000080004000000000000000000000000030000000700000000"
                    + "0000002800000001";

    /** Kinds with odd numbers are scanned. */
    private static byte[] key(int kind, int number) {
        return ByteBuffer.allocate(9).put((byte) 3).putInt(kind).putInt(number).array();
    }

    private static boolean mightContain(BloomFilter filter, byte[] key) {
        return filter.mightContain(key, BloomFilter.hash(key));
    }

    /** Of keys with even numbers, so many of each of four kinds. */
    private static BloomFilter filter(int bitsPerKey, int ofEach) {
        BloomFilter.Builder builder = new BloomFilter.Builder(bitsPerKey, kind -> kind % 2 == 1);
        for (int kind = 0; kind < 4; kind++) {
            for (int number = 0; number < ofEach; number++) {
                builder.add(span(key(kind, 2 * number)));
            }
        }
        return builder.build();
    }

    private static ByteSpan span(byte[] key) {
        ByteSpan span = new ByteSpan();
        span.set(key);
        return span;
    }

    /** For how many keys of a kind with odd numbers, which are absent, it says perhaps. */
    private static double wrong(BloomFilter filter, int kind) {
        int wrong = 0;
        for (int number = 0; number < KEYS; number++) {
            wrong += mightContain(filter, key(kind, 2 * number + 1)) ? 1 : 0;
        }
        return (double) wrong / KEYS;
    }

    /** Of none, of a few keys and of many. */
    @RepeatedTest(20)
    void no_key_that_was_added_is_denied_whether_its_kind_is_scanned_or_not() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        int ofEach = random.nextInt(random.nextBoolean() ? 30 : 5_000);
        BloomFilter built = filter(1 + random.nextInt(20), ofEach);
        BloomFilter read = BloomFilter.decode(built.encode());
        for (int kind = 0; kind < 4; kind++) {
            for (int number = 0; number < ofEach; number++) {
                byte[] key = key(kind, 2 * number);
                assertTrue(mightContain(built, key), () -> "seed " + seed);
                assertTrue(mightContain(read, key), () -> "seed " + seed);
            }
        }
        assertEquals(4L * ofEach, built.keyCountMax());
        assertEquals(4L * ofEach, read.keyCountMax());
        assertArrayEquals(built.encode(), read.encode());
    }

    @Test
    void few_absent_keys_are_taken_for_present_ones_and_fewer_the_more_bits_there_are() {
        assertEquals(1.0 / 100, wrong(filter(10, KEYS), 0), 1.0 / 200);
        assertEquals(1.0 / 600, wrong(filter(16, KEYS), 2), 1.0 / 1_200);
    }

    @Test
    void of_scanned_kinds_it_holds_every_sixteenth_key_and_does_not_know_of_the_others() {
        BloomFilter filter = filter(10, KEYS);
        assertEquals(15.0 / 16 + 1.0 / 1_600, wrong(filter, 1), 1.0 / 200);
        assertEquals(1.0 / 100, wrong(filter, 5), 1.0 / 200, "a kind that was not there");
        double held = filter.bytes() * (double) Byte.SIZE / 10 / KEYS;
        assertEquals(2 + 2 / 16.0, held, 0.02);
    }

    @Test
    void a_sample_of_keys_has_as_many_of_each_kind_in_proportion_and_it_can_tell_of_all() {
        BloomFilter filter = filter(10, 40);
        List<byte[]> some = new ArrayList<>();
        for (int number = 0; number < KEYS; number++) {
            some.add(key(number % 3 == 0 ? 0 : 1, 2 * number + 1_001));
        }
        for (int wanted : new int[] {100, KEYS}) {
            int[] counts = new int[2];
            int[] wrong = new int[1];
            filter.sample(
                    some,
                    wanted,
                    (key, count) -> {
                        counts[(int) KeyKind.of(key) % 2] += count;
                        wrong[0] += mightContain(filter, key) ? count : 0;
                    });
            assertTrue(wrong[0] < KEYS / 10, () -> "" + wrong[0]);
            assertEquals(KEYS / 3.0, counts[0], KEYS / 30.0);
            assertEquals(2 * KEYS / 3.0, counts[1], KEYS / 30.0);
        }
    }

    @Test
    void the_first_filters_had_no_tail() {
        BloomFilter.Builder builder = new BloomFilter.Builder(10, kind -> false);
        for (int number = 0; number < KEYS; number++) {
            builder.add(span(key(1, number)));
        }
        byte[] encoded = builder.build().encode();
        BloomFilter first = BloomFilter.decode(Arrays.copyOf(encoded, encoded.length - 12));
        for (int number = 0; number < KEYS; number++) {
            assertTrue(mightContain(first, key(1, number)));
        }
        assertFalse(mightContain(first, key(1, KEYS + 1)) && mightContain(first, key(1, -1)));
        assertEquals(KEYS, first.keyCountMax(), 64);
    }

    /** Of one key a kind, few are in the sample; of many, some are. */
    @RepeatedTest(20)
    void of_keys_that_are_not_scanned_all_are_known_and_all_other_kinds_are_named() {
        long seed = Seeds.next();
        int ofEach = new Random(seed).nextInt(1, 2_000);
        BloomFilter.Builder builder = new BloomFilter.Builder(16, kind -> kind % 2 == 1);
        for (int kind = 0; kind < 40; kind++) {
            for (int number = 0; number < (kind < 36 ? 1 : ofEach); number++) {
                builder.add(span(key(kind, 2 * number)));
            }
        }
        AskedKeys asked = builder.askedKeys();
        for (int kind = 0; kind < 40; kind++) {
            long number = KeyKind.of(key(kind, 0));
            boolean isNamed = Arrays.binarySearch(asked.scannedKinds(), number) >= 0;
            assertEquals(kind % 2 == 1, isNamed, "kind " + kind);
            for (int at = 0; !isNamed && at < (kind < 36 ? 1 : ofEach); at++) {
                long hash = BloomFilter.hash(key(kind, 2 * at));
                assertTrue(asked.filter().mightContain(hash), () -> "seed " + seed);
            }
        }
        assertEquals(20, asked.scannedKinds().length);
    }

    /** If this fails, the format has changed. */
    @Test
    void which_keys_are_in_the_sample_is_pinned() {
        BloomFilter.Builder builder = new BloomFilter.Builder(10, kind -> true);
        for (int number = 0; number < 40; number++) {
            builder.add(span(key(7, number)));
        }
        assertEquals(PINNED, HexFormat.of().formatHex(builder.build().encode()));
    }

    @Test
    void what_is_no_filter_is_refused() {
        byte[] whole = filter(10, 10).encode();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            boolean isWithoutTail = length > 0 && length % 64 == 0;
            if (!isWithoutTail) {
                assertThrows(MalformedBytesException.class, () -> BloomFilter.decode(cut));
            }
        }
        byte[] negative = whole.clone();
        ByteBuffer.wrap(negative).putLong(negative.length - 12, -1);
        assertThrows(MalformedBytesException.class, () -> BloomFilter.decode(negative));
        for (int kinds : new int[] {-1, 1, 3, 1 << 29, Integer.MAX_VALUE}) {
            byte[] changed = whole.clone();
            ByteBuffer.wrap(changed).putInt(changed.length - Integer.BYTES, kinds);
            assertThrows(MalformedBytesException.class, () -> BloomFilter.decode(changed));
        }
        byte[] turned = whole.clone();
        ByteBuffer.wrap(turned).putLong(turned.length - 28, Long.MAX_VALUE);
        assertThrows(MalformedBytesException.class, () -> BloomFilter.decode(turned));
    }
}
