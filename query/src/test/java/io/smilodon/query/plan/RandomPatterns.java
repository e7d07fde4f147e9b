package io.smilodon.query.plan;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Random;

/** Few random strings, and patterns that meet them, with and without case. */
final class RandomPatterns {

    private static final List<String> TEXTS =
            List.of("", "p", "p", "pq", "pq", "q", "q", "P", "Pq", "x\np", "p|q");

    private static final List<String> PATTERNS =
            List.of(
                    "^p",
                    "q",
                    "^pq$",
                    "p|q",
                    "^P",
                    "^PQ",
                    "\\Ap",
                    "^p|q",
                    "^(p)",
                    "^",
                    "^\\Qp",
                    "^\\Qpq\\E",
                    "^\\Qpq\\E*",
                    "^p\\Q\\E*",
                    "^\\Qp|q\\E",
                    "^\\Qp\\E|q");

    private static final List<String> OPTIONS = List.of("", "", "", "i", "i", "m", "s", "ix");

    private final Random random;
    private final int textsInHundred;

    RandomPatterns(Random random) {
        this.random = random;
        this.textsInHundred = List.of(0, 0, 40).get(random.nextInt(3));
    }

    /** How many values there are strings for sure. */
    int textsInHundred() {
        return textsInHundred;
    }

    Value text() {
        return Value.of(oneOf(TEXTS));
    }

    /** What is asked of a field: a pattern, one of several, or none. */
    Document condition() {
        return switch (random.nextInt(5)) {
            case 0 -> Document.of("$in", ArrayValue.of(pattern(), Value.of(1), pattern()));
            case 1 -> Document.of(random.nextBoolean() ? "$not" : "$eq", pattern());
            default ->
                    Document.builder()
                            .put("$regex", oneOf(PATTERNS))
                            .put("$options", oneOf(OPTIONS))
                            .build();
        };
    }

    private Value pattern() {
        return new RegexValue(oneOf(PATTERNS), oneOf(OPTIONS));
    }

    private String oneOf(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
