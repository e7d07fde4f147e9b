package io.smilodon.query.expression.date;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The zone at the end of a written date: {@code Z}, {@code UTC}, {@code GMT}, an offset such as
 * {@code +02:00} or {@code GMT+2}, a common abbreviation, or a military letter.
 */
final class ZoneText {

    private static final int HOUR_SECONDS = 3_600;
    private static final int MINUTE_SECONDS = 60;
    private static final Pattern OFFSET =
            Pattern.compile("(?:GMT|UTC)?([+-])([0-9]{1,2})(?::?([0-9]{2}))?");

    private static final Map<String, Integer> HOURS =
            Map.ofEntries(
                    Map.entry("UTC", 0),
                    Map.entry("GMT", 0),
                    Map.entry("WET", 0),
                    Map.entry("BST", 1),
                    Map.entry("CET", 1),
                    Map.entry("WEST", 1),
                    Map.entry("CEST", 2),
                    Map.entry("EET", 2),
                    Map.entry("EEST", 3),
                    Map.entry("MSK", 3),
                    Map.entry("JST", 9),
                    Map.entry("EST", -5),
                    Map.entry("EDT", -4),
                    Map.entry("CST", -6),
                    Map.entry("CDT", -5),
                    Map.entry("MST", -7),
                    Map.entry("MDT", -6),
                    Map.entry("PST", -8),
                    Map.entry("PDT", -7),
                    Map.entry("AKST", -9),
                    Map.entry("AKDT", -8),
                    Map.entry("HST", -10));

    private ZoneText() {}

    /** Seconds ahead of UTC; none if the text is no zone. */
    static OptionalInt offsetSeconds(String zone) {
        String name = zone.toUpperCase(Locale.ROOT);
        if (HOURS.containsKey(name)) {
            return OptionalInt.of(HOURS.get(name) * HOUR_SECONDS);
        }
        if (name.length() == 1) {
            return military(name.charAt(0));
        }
        Matcher offset = OFFSET.matcher(name);
        return offset.matches() ? OptionalInt.of(seconds(offset)) : OptionalInt.empty();
    }

    private static int seconds(Matcher offset) {
        int hours = Integer.parseInt(offset.group(2));
        int minutes = offset.group(3) == null ? 0 : Integer.parseInt(offset.group(3));
        int seconds = hours * HOUR_SECONDS + minutes * MINUTE_SECONDS;
        return offset.group(1).equals("-") ? -seconds : seconds;
    }

    /** A to M without J lead UTC by 1 to 12 hours, N to Y are behind by as many. */
    private static OptionalInt military(char letter) {
        int hours = "ABCDEFGHIKLM".indexOf(letter) + 1;
        if (hours > 0) {
            return OptionalInt.of(hours * HOUR_SECONDS);
        }
        boolean isBehind = letter >= 'N' && letter <= 'Y';
        if (isBehind) {
            return OptionalInt.of(('N' - 1 - letter) * HOUR_SECONDS);
        }
        return letter == 'Z' ? OptionalInt.of(0) : OptionalInt.empty();
    }
}
