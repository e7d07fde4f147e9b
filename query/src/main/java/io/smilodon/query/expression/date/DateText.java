package io.smilodon.query.expression.date;

import io.smilodon.engine.value.DateValue;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates as people write them: a day, perhaps a time of day, perhaps a zone. A day is {@code
 * 2024-02-29}, {@code 2024/2/29}, {@code 20240229}, {@code 2/29/2024} (the month first), {@code
 * 29-2-2024} or {@code 29.2.2024} (the day first), {@code 2024-Feb-29}, {@code 29 Feb 2024} or
 * {@code February 29th, 2024}. A time is {@code 12:30}, {@code 12:30:45.678}, {@code 3pm}, {@code
 * 3:30 pm}, {@code noon} or {@code midnight}. MongoDB also reads words such as "tomorrow" and days
 * of the week; these are refused here, with error 241.
 */
public final class DateText {

    private static final int TEXT_CHARS_MAX = 200;
    private static final int CENTURY_OF_70 = 70;
    private static final int HOURS_OF_NOON = 12;
    private static final int NANO_DIGITS = 9;

    private static final String TIME =
            "(?:[T ,]\\s{0,3}(?:AT )?(?:"
                    + "(?<hour>[0-9]{1,2}):(?<minute>[0-9]{2})"
                    + "(?:[:.](?<second>[0-9]{2})(?:[.,](?<fraction>[0-9]{1,9}))?)?"
                    + "(?: ?(?<half>[AP])M)?"
                    + "|(?<onlyHour>[0-9]{1,2}) ?(?<onlyHalf>[AP])M"
                    + "|(?<word>NOON|MIDNIGHT))"
                    + "(?:\\s{0,3}(?<zone>[+-][0-9:]{1,5}|(?:GMT|UTC)[+-][0-9:]{1,5}"
                    + "|[A-Z]{1,4}))?)?";

    private static final String MONTH_WORD = "(?<name>[A-Z]{3,9})";
    private static final String DAY_TH = "(?<day>[0-9]{1,2})(?:ST|ND|RD|TH)?";

    private static final List<Pattern> FORMS =
            List.of(
                    form("(?<year>[0-9]{4})([-/])(?<month>[0-9]{1,2})\\2(?<day>[0-9]{1,2})"),
                    form("(?<year>[0-9]{4})(?<month>[0-9]{2})(?<day>[0-9]{2})"),
                    form("(?<month>[0-9]{1,2})/(?<day>[0-9]{1,2})/(?<year>[0-9]{4}|[0-9]{2})"),
                    form("(?<day>[0-9]{1,2})([-.])(?<month>[0-9]{1,2})\\2(?<year>[0-9]{4})"),
                    form("(?<year>[0-9]{4})-" + MONTH_WORD + "-(?<day>[0-9]{1,2})"),
                    form(MONTH_WORD + "\\.? " + DAY_TH + "(?:,|,? )\\s?(?<year>[0-9]{4})"),
                    form(DAY_TH + "[ -]" + MONTH_WORD + "(?:-|,? )(?<year>[0-9]{4})"));

    private static final Pattern DAY_WITHOUT_YEAR =
            Pattern.compile(
                    "[A-Z]{3,9}\\.? [0-9]{1,2}(?:ST|ND|RD|TH)?|[0-9]{1,2}(?::[0-9]{2}){1,2}");

    private DateText() {}

    private static Pattern form(String day) {
        return Pattern.compile(day + TIME);
    }

    /**
     * The date; in UTC unless it says otherwise.
     *
     * @throws io.smilodon.engine.error.SmilodonException 241 for a text that is no date
     */
    public static DateValue parse(String text) {
        return new DateValue(read(text).toEpochMillis(Instants.UTC));
    }

    static DateFields read(String text) {
        if (text.length() > TEXT_CHARS_MAX) {
            throw DateTextErrors.malformed(text, "Too long");
        }
        String upper = text.strip().toUpperCase(Locale.ROOT);
        for (Pattern form : FORMS) {
            Matcher match = form.matcher(upper);
            if (match.matches()) {
                return fields(text, match);
            }
        }
        throw DAY_WITHOUT_YEAR.matcher(upper).matches()
                ? DateTextErrors.incomplete(text)
                : DateTextErrors.malformed(text, "Unknown form of a date")
                        .withHint("write 2024-02-29T12:30:00Z, or say the format");
    }

    private static DateFields fields(String text, Matcher match) {
        DateFields fields = new DateFields(text);
        fields.put(DateFields.Kind.YEAR, year(match.group("year")));
        fields.put(DateFields.Kind.MONTH, month(text, match));
        fields.put(DateFields.Kind.DAY, number(match, "day"));
        putTime(match, fields);
        if (isWritten(match, "zone")) {
            OptionalInt offset = ZoneText.offsetSeconds(match.group("zone"));
            fields.put(
                    DateFields.Kind.OFFSET,
                    offset.orElseThrow(() -> DateTextErrors.malformed(text, "Unknown time zone")));
        }
        return fields;
    }

    private static int year(String digits) {
        int year = Integer.parseInt(digits);
        if (digits.length() > 2) {
            return year;
        }
        return year < CENTURY_OF_70 ? 2_000 + year : 1_900 + year;
    }

    private static int month(String text, Matcher match) {
        if (!match.namedGroups().containsKey("name")) {
            return number(match, "month");
        }
        return MonthText.number(match.group("name"))
                .orElseThrow(() -> DateTextErrors.malformed(text, "A month was expected"));
    }

    private static void putTime(Matcher match, DateFields fields) {
        if (isWritten(match, "word")) {
            fields.put(
                    DateFields.Kind.HOUR, match.group("word").equals("NOON") ? HOURS_OF_NOON : 0);
        }
        if (isWritten(match, "onlyHour")) {
            fields.put(DateFields.Kind.HOUR, hour(match, "onlyHour", "onlyHalf"));
        }
        if (isWritten(match, "hour")) {
            fields.put(DateFields.Kind.HOUR, hour(match, "hour", "half"));
            fields.put(DateFields.Kind.MINUTE, number(match, "minute"));
        }
        if (isWritten(match, "second")) {
            fields.put(DateFields.Kind.SECOND, number(match, "second"));
        }
        if (isWritten(match, "fraction")) {
            String digits = match.group("fraction");
            String nanos = digits + "0".repeat(NANO_DIGITS - digits.length());
            fields.put(DateFields.Kind.NANO, Integer.parseInt(nanos));
        }
    }

    /** An hour of 24; beyond 12 with am or pm it is none, and -1 is refused later. */
    private static int hour(Matcher match, String hour, String half) {
        int written = number(match, hour);
        if (!isWritten(match, half)) {
            return written;
        }
        if (written < 1 || written > HOURS_OF_NOON) {
            return -1;
        }
        boolean isAfternoon = match.group(half).equals("P");
        return written % HOURS_OF_NOON + (isAfternoon ? HOURS_OF_NOON : 0);
    }

    private static int number(Matcher match, String group) {
        return Integer.parseInt(match.group(group));
    }

    private static boolean isWritten(Matcher match, String group) {
        return match.group(group) != null;
    }
}
