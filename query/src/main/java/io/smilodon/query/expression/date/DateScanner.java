package io.smilodon.query.expression.date;

import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** Reads a written date from left to right. Not thread-safe. */
final class DateScanner {

    private static final String MISSING = "Data missing";
    private static final String NO_DIGIT = "A number was expected";
    private static final int WORD_CHARS_MAX = 9;
    private static final int ZONE_CHARS_MAX = 9;

    private final String text;
    private int position;

    DateScanner(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /** A number of at least one digit and at most so many. */
    int number(int digitsMax) {
        return Integer.parseInt(digits(digitsMax));
    }

    String digits(int max) {
        String digits = run(max, DateScanner::isDigit);
        if (digits.isEmpty()) {
            throw DateTextErrors.malformed(text, position == text.length() ? MISSING : NO_DIGIT);
        }
        return digits;
    }

    void literal(String expected) {
        if (!text.startsWith(expected, position)) {
            boolean isShort = text.length() - position < expected.length();
            throw DateTextErrors.malformed(text, isShort ? MISSING : "Format literal not found");
        }
        position += expected.length();
    }

    int month() {
        String word = run(WORD_CHARS_MAX, Character::isLetter);
        return MonthText.number(word)
                .orElseThrow(() -> DateTextErrors.malformed(text, "A month was expected"));
    }

    /** A zone, perhaps after spaces, as seconds ahead of UTC. */
    int zone() {
        run(Integer.MAX_VALUE, c -> c == ' ');
        String zone = run(ZONE_CHARS_MAX, c -> c > ' ' && c != ',');
        OptionalInt seconds = ZoneText.offsetSeconds(zone);
        return seconds.orElseThrow(
                () -> DateTextErrors.malformed(text, "A time zone was expected"));
    }

    /** A number of minutes with its sign. */
    int minutes(int digitsMax) {
        String sign = run(1, c -> c == '+' || c == '-');
        if (sign.isEmpty()) {
            throw DateTextErrors.malformed(text, "A sign was expected");
        }
        int minutes = number(digitsMax);
        return sign.equals("-") ? -minutes : minutes;
    }

    void end() {
        if (position < text.length()) {
            throw DateTextErrors.malformed(text, "Trailing data");
        }
    }

    private String run(int max, IntPredicate belongs) {
        int start = position;
        while (position < text.length()
                && position - start < max
                && belongs.test(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
