package io.smilodon.engine.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.file.MalformedBytesException;
import io.smilodon.engine.testing.Seeds;
import java.util.Arrays;
import java.util.Random;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class Lz4DecoderTest {

    private static final LZ4Factory LIBRARY = LZ4Factory.fastestInstance();

    @RepeatedTest(300)
    void expands_what_the_library_has_packed() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        byte[] plain = compressible(random);
        byte[] packed =
                random.nextBoolean()
                        ? LIBRARY.fastCompressor().compress(plain)
                        : LIBRARY.highCompressor().compress(plain);
        byte[] stored = new byte[packed.length + 10];
        random.nextBytes(stored);
        int start = random.nextInt(10);
        System.arraycopy(packed, 0, stored, start, packed.length);
        byte[] expanded = new byte[plain.length];

        Lz4Decoder.expand(stored, start, start + packed.length, expanded);

        assertArrayEquals(plain, expanded, () -> "seed " + seed);
    }

    /** Whatever the library makes of damaged bytes, the same or a refusal comes out. */
    @RepeatedTest(300)
    void damaged_blocks_are_refused_or_expand_as_the_library_does() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        byte[] plain = compressible(random);
        byte[] packed = LIBRARY.fastCompressor().compress(plain);
        for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
            packed[random.nextInt(packed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        byte[] expected = new byte[plain.length];
        byte[] expanded = new byte[plain.length];

        boolean isExpanded = isExpandedByTheLibrary(packed, expected);
        try {
            Lz4Decoder.expand(packed, 0, packed.length, expanded);
        } catch (MalformedBytesException refused) {
            // the library also refuses blocks whose last match ends late, but takes an offset of 0
            boolean isAllowed = !isExpanded || refused.getMessage().endsWith("a match of nothing");
            assertTrue(isAllowed, () -> "seed " + seed + ": " + refused);
            return;
        }
        if (isExpanded) {
            assertArrayEquals(expected, expanded, () -> "seed " + seed);
        }
    }

    @Test
    void a_block_of_another_length_is_refused() {
        byte[] plain = new byte[1_000];
        byte[] packed = LIBRARY.fastCompressor().compress(plain);

        for (int length : new int[] {0, 1, 999, 1_001}) {
            assertThrows(
                    MalformedBytesException.class,
                    () -> Lz4Decoder.expand(packed, 0, packed.length, new byte[length]));
        }
        for (int end = 0; end < packed.length; end++) {
            int cut = end;
            assertThrows(
                    MalformedBytesException.class,
                    () -> Lz4Decoder.expand(packed, 0, cut, new byte[1_000]));
        }
    }

    @Test
    void lengths_without_end_and_matches_before_the_beginning_are_refused() {
        byte[] endless = new byte[9_000_000];
        Arrays.fill(endless, (byte) 0xFF);
        byte[][] blocks = {endless, {0x10, 7, 2, 0}, {0x10, 7, 0, 0}, {0x1F, 7, 1, 0, (byte) 0xFF}};

        for (byte[] block : blocks) {
            assertThrows(
                    MalformedBytesException.class,
                    () -> Lz4Decoder.expand(block, 0, block.length, new byte[100]));
        }
    }

    private static boolean isExpandedByTheLibrary(byte[] packed, byte[] target) {
        try {
            return LIBRARY.safeDecompressor().decompress(packed, target) == target.length;
        } catch (LZ4Exception refused) {
            return false;
        }
    }

    /** Runs, repetitions at any distance and noise. */
    private static byte[] compressible(Random random) {
        byte[] bytes = new byte[random.nextInt(1, 40_000)];
        random.nextBytes(bytes);
        for (int at = 1; at < bytes.length; ) {
            int length = Math.min(random.nextInt(1, 400), bytes.length - at);
            int distance = Math.min(at, 1 + random.nextInt(random.nextBoolean() ? 20 : 30_000));
            if (random.nextInt(4) > 0) {
                for (int copied = 0; copied < length; copied++) {
                    bytes[at + copied] = bytes[at + copied - distance];
                }
            }
            at += length;
        }
        return bytes;
    }
}
