package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.KeyPart;
import io.smilodon.index.key.KeyPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeySpanTest {

    private static final int VALUES = 3;

    /** Against a comparison part by part; and the bounds leave no key of the span out. */
    @RepeatedTest(200)
    void a_span_holds_the_keys_between_two() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        int length = 1 + random.nextInt(3);
        int[] signs = random.ints(length, 0, 2).map(bit -> bit == 0 ? -1 : 1).toArray();
        KeyPattern pattern = pattern(signs);
        int[] min = random.ints(length, 0, VALUES).toArray();
        int[] max = random.ints(length, 0, VALUES).toArray();
        boolean hasMin = random.nextBoolean();
        boolean hasMax = random.nextBoolean();
        KeyRange range =
                new KeyRange(
                        hasMin ? document(min) : Document.EMPTY,
                        hasMax ? document(max) : Document.EMPTY);
        KeySpan span;
        try {
            span = range.in(pattern, ValueOrder.ASCENDING);
        } catch (SmilodonException refused) {
            assertEquals(51175, refused.code().number());
            assertTrue(compare(min, max, signs) >= 0, () -> "seed " + seed);
            return;
        }
        for (int[] key : keys(length)) {
            boolean isInside =
                    (!hasMin || compare(key, min, signs) >= 0)
                            && (!hasMax || compare(key, max, signs) < 0);
            IndexKey indexed = new IndexKey(values(key));
            assertEquals(isInside, span.contains(indexed), () -> "seed " + seed + ": " + indexed);
            assertTrue(
                    !isInside || span.bounds().contains(indexed),
                    () -> "seed " + seed + ": " + indexed + " out of " + span.bounds());
        }
    }

    private static KeyPattern pattern(int[] signs) {
        KeyPart[] parts = new KeyPart[signs.length];
        for (int part = 0; part < signs.length; part++) {
            parts[part] =
                    signs[part] > 0
                            ? KeyPart.ascending("f" + part)
                            : KeyPart.descending("f" + part);
        }
        return KeyPattern.of(parts);
    }

    private static int compare(int[] left, int[] right, int[] signs) {
        for (int part = 0; part < left.length; part++) {
            if (left[part] != right[part]) {
                return Integer.compare(left[part], right[part]) * signs[part];
            }
        }
        return 0;
    }

    private static Document document(int[] key) {
        DocumentBuilder document = Document.builder();
        for (int part = 0; part < key.length; part++) {
            document.put("f" + part, key[part]);
        }
        return document.build();
    }

    private static List<Value> values(int[] key) {
        List<Value> values = new ArrayList<>();
        for (int value : key) {
            values.add(Value.of(value));
        }
        return values;
    }

    private static List<int[]> keys(int length) {
        List<int[]> keys = List.of(new int[0]);
        for (int part = 0; part < length; part++) {
            List<int[]> longer = new ArrayList<>();
            for (int[] key : keys) {
                for (int value = 0; value < VALUES; value++) {
                    int[] next = Arrays.copyOf(key, key.length + 1);
                    next[key.length] = value;
                    longer.add(next);
                }
            }
            keys = longer;
        }
        return keys;
    }
}
