package io.smilodon.query.predicate.regex;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bounds how much longer a pattern gets when its counted repetitions are written out. */
final class RepetitionCount {

    /** Above it, an engine that writes them out would use too much memory. */
    static final long UNROLLED_MAX = 100_000;

    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,4})(?:,(\\d{0,4}))?}");

    private RepetitionCount() {}

    /** An upper bound: as if every repetition stood inside all the others. */
    static long of(String pattern) {
        long product = Math.max(1, pattern.length() / 10);
        Matcher counts = COUNT.matcher(pattern);
        while (counts.find() && product <= UNROLLED_MAX) {
            String high = counts.group(2);
            String count = high == null || high.isEmpty() ? counts.group(1) : high;
            product *= Math.max(1, Integer.parseInt(count));
        }
        return product;
    }
}
