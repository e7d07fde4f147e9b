package io.smilodon.query.expression.date;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/**
 * The part {@code startOfWeek}: a day by its name or the first three letters of it, in any case.
 */
final class WeekStart {

    static final Value SUNDAY = Value.of("sunday");

    private static final int SHORT_CHARS = 3;

    private WeekStart() {}

    /** Whether the part matters: for other units than a week it is not even looked at. */
    static boolean isNeeded(Value unit) {
        return unit instanceof StringValue name && name.value().equals(DateUnit.WEEK.alias());
    }

    static DayOfWeek require(Value value) {
        if (!(value instanceof StringValue name)) {
            throw new SmilodonException(
                    ErrorCode.location(5439015),
                    "requires 'startOfWeek' to be a string",
                    Map.of("actual", value.type().alias()));
        }
        String wanted = name.value().toUpperCase(Locale.ROOT);
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> isName(wanted, day.name()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                        ErrorCode.location(5439016),
                                        "parameter 'startOfWeek' value cannot be recognized as a"
                                                + " day of a week",
                                        Map.of("value", name.value())));
    }

    private static boolean isName(String wanted, String day) {
        return wanted.equals(day) || wanted.equals(day.substring(0, SHORT_CHARS));
    }

    /** The first such day from 2000-01-01 on, as a day since 1970: where weeks are counted from. */
    static long referenceDay(DayOfWeek start) {
        return LocalDate.of(2000, 1, 1).with(TemporalAdjusters.nextOrSame(start)).toEpochDay();
    }
}
