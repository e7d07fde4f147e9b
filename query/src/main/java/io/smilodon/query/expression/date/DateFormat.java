package io.smilodon.query.expression.date;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.query.OperatorTable;
import io.smilodon.query.value.Text;
import java.time.OffsetDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** How to write a date: text in which a percent sign and a letter stand for a part of it. */
final class DateFormat {

    private static final OperatorTable<Function<OffsetDateTime, String>> PARTS =
            OperatorTable.<Function<OffsetDateTime, String>>builder()
                    .add("%", time -> "%")
                    .add("B", month(TextStyle.FULL))
                    .add("G", year(IsoFields.WEEK_BASED_YEAR))
                    .add("H", number(ChronoField.HOUR_OF_DAY, 2))
                    .add("L", number(ChronoField.MILLI_OF_SECOND, 3))
                    .add("M", number(ChronoField.MINUTE_OF_HOUR, 2))
                    .add("S", number(ChronoField.SECOND_OF_MINUTE, 2))
                    .add("U", time -> padded(Weeks.ofYear(time), 2))
                    .add("V", number(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2))
                    .add("Y", year(ChronoField.YEAR))
                    .add("Z", time -> String.format(Locale.ROOT, "%+d", offsetMinutes(time)))
                    .add("b", month(TextStyle.SHORT))
                    .add("d", number(ChronoField.DAY_OF_MONTH, 2))
                    .add("j", number(ChronoField.DAY_OF_YEAR, 3))
                    .add("m", number(ChronoField.MONTH_OF_YEAR, 2))
                    .add("u", number(ChronoField.DAY_OF_WEEK, 1))
                    .add("w", time -> padded(Weeks.dayFromSunday(time), 1))
                    .add("z", DateFormat::offset)
                    .build();

    /** What is written without a format, in UTC. */
    static final DateFormat ISO_UTC = parse("%Y-%m-%dT%H:%M:%S.%LZ");

    /** What is written without a format, in other zones. */
    static final DateFormat ISO_LOCAL = parse("%Y-%m-%dT%H:%M:%S.%L");

    private final List<Function<OffsetDateTime, String>> parts;

    private DateFormat(List<Function<OffsetDateTime, String>> parts) {
        this.parts = parts;
    }

    /**
     * Reads a format.
     *
     * @throws SmilodonException 18535 for a percent sign at the end, 18536 for an unknown letter
     */
    static DateFormat parse(String format) {
        return new DateFormat(PercentText.split(format, PARTS, text -> time -> text));
    }

    private static Function<OffsetDateTime, String> month(TextStyle style) {
        return time -> time.getMonth().getDisplayName(style, Locale.ENGLISH);
    }

    private static Function<OffsetDateTime, String> number(TemporalField field, int digits) {
        return time -> padded(time.get(field), digits);
    }

    private static Function<OffsetDateTime, String> year(TemporalField field) {
        return time -> {
            int year = time.get(field);
            Text.requireYear(year);
            return padded(year, 4);
        };
    }

    private static String padded(int number, int digits) {
        String text = Integer.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    private static String offset(OffsetDateTime time) {
        int minutes = Math.abs(offsetMinutes(time));
        String sign = offsetMinutes(time) < 0 ? "-" : "+";
        return sign + padded(minutes / 60, 2) + padded(minutes % 60, 2);
    }

    private static int offsetMinutes(OffsetDateTime time) {
        return time.getOffset().getTotalSeconds() / 60;
    }

    String format(OffsetDateTime time) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.apply(time)));
        return text.toString();
    }
}
