package io.smilodon.engine.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeyTailsTest {

    private static final int BEHIND = 7;

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final KeyTails tails = new KeyTails();
    private byte[] last = {};

    /** Whole keys, and keys of which only what differs from the one before is at hand. */
    @RepeatedTest(200)
    void what_is_put_together_is_what_stands_behind_the_beginnings() {
        int beginning = random.nextInt(20);
        int longest = beginning + 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 40);
        for (int round = 0; round < 3; round++) {
            List<String> expected = new ArrayList<>();
            tails.begin(beginning);
            while (tails.hasRoom()) {
                add(beginning, longest);
                expected.add(HexFormat.of().formatHex(last, beginning, last.length));
                assertEquals(last.length, tails.lastEnd());
            }
            byte[] key = Arrays.copyOf(last, beginning);
            key = Arrays.copyOf(key, last.length);
            tails.copyLast(key);
            assertEquals(HexFormat.of().formatHex(last), HexFormat.of().formatHex(key));
            assertEquals(expected, found(), () -> "seed " + seed);
        }
    }

    private void add(int beginning, int longest) {
        boolean isFirst = tails.count() == 0;
        int shared = isFirst ? 0 : random.nextInt(last.length + 1);
        int length = beginning + random.nextInt(longest - beginning + 1);
        byte[] key = new byte[Math.max(shared, length)];
        random.nextBytes(key);
        System.arraycopy(last, 0, key, 0, Math.max(shared, isFirst ? 0 : beginning));
        int rest = key.length - shared;
        byte[] around = new byte[3 + rest + BEHIND];
        random.nextBytes(around);
        System.arraycopy(key, shared, around, 3, rest);
        if (isFirst || rest == 0 || !tails.addAlike(shared, around, 3, rest)) {
            tails.add(key, 0, key.length);
        }
        last = key;
    }

    private List<String> found() {
        List<String> found = new ArrayList<>();
        for (int index = 0; index < tails.count(); index++) {
            int start = tails.start(index);
            found.add(HexFormat.of().formatHex(tails.bytes(), start, tails.end(index)));
        }
        return found;
    }
}
