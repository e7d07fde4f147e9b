package io.smilodon.query.expression.string;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.testing.Seeds;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NeedleTest {

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(8) == 0 ? 'b' : 'a');
        }
        return text.toString();
    }

    @RepeatedTest(100)
    void it_finds_what_the_plain_search_finds() {
        String subject = text(500);
        int at = random.nextInt(400);
        int length = random.nextInt(60);
        String part = random.nextBoolean() ? subject.substring(at, at + length) : text(length);
        int from = random.nextInt(500);
        int to = from + random.nextInt(501 - from);
        assertEquals(
                subject.indexOf(part, from, to),
                new Needle(part).indexIn(subject, from, to),
                () -> "seed " + seed + ": " + part + " in " + subject);
    }

    @Test
    void long_repeats_take_linear_time() {
        String subject = "a".repeat(4_000_000);
        Needle needle = new Needle("a".repeat(1_000_000) + "b");
        Assertions.assertTimeout(
                Duration.ofSeconds(10), () -> assertEquals(-1, needle.indexIn(subject, 0)));
    }
}
