package io.smilodon.query.expression.date;

import static io.smilodon.query.expression.ExpressionOperator.of;

import io.smilodon.engine.value.Value;
import io.smilodon.query.OperatorTable;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.ExpressionOperator;
import io.smilodon.query.expression.OperatorFamily;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;

/** Dates. */
public final class DateOperators {

    public static final OperatorFamily FAMILY = new OperatorFamily("Dates", table());

    private DateOperators() {}

    private static OperatorTable<ExpressionOperator> table() {
        return OperatorTable.<ExpressionOperator>builder()
                .add("$dateAdd", of("The date so many units later.", DateShift.forwards()))
                .add("$dateDiff", of("How often a unit begins between.", DateDifference::parse))
                .add("$dateFromParts", of("A date of its parts.", DateFromParts::parse))
                .add("$dateFromString", of("A text as a date.", DateFromString::parse))
                .add("$dateSubtract", of("The date so many units before.", DateShift.backwards()))
                .add("$dateToParts", of("The parts of a date.", DateToParts::parse))
                .add("$dateToString", of("The date as text.", DateToString::parse))
                .add("$dateTrunc", of("The start of a bin of units.", DateTruncation::parse))
                .add("$dayOfMonth", of("1 to 31.", part(ChronoField.DAY_OF_MONTH)))
                .add("$dayOfWeek", of("1 for Sunday to 7 for Saturday.", dayOfWeek()))
                .add("$dayOfYear", of("1 to 366.", part(ChronoField.DAY_OF_YEAR)))
                .add("$hour", of("0 to 23.", part(ChronoField.HOUR_OF_DAY)))
                .add("$isoDayOfWeek", of("1 for Monday to 7.", part(ChronoField.DAY_OF_WEEK)))
                .add("$isoWeek", of("1 to 53.", part(IsoFields.WEEK_OF_WEEK_BASED_YEAR)))
                .add("$isoWeekYear", of("The year of $isoWeek, a long.", isoWeekYear()))
                .add("$millisecond", of("0 to 999.", part(ChronoField.MILLI_OF_SECOND)))
                .add("$minute", of("0 to 59.", part(ChronoField.MINUTE_OF_HOUR)))
                .add("$month", of("1 to 12.", part(ChronoField.MONTH_OF_YEAR)))
                .add("$second", of("0 to 59.", part(ChronoField.SECOND_OF_MINUTE)))
                .add("$tsIncrement", of("A timestamp's ordinal.", TimestampPart.increment()))
                .add("$tsSecond", of("A timestamp's seconds.", TimestampPart.seconds()))
                .add("$week", of("0 to 53; the first Sunday begins week 1.", week()))
                .add("$year", of("The year.", part(ChronoField.YEAR)))
                .build();
    }

    private static ExpressionFactory part(TemporalField field) {
        return DatePart.of(time -> Value.of(time.get(field)));
    }

    private static ExpressionFactory dayOfWeek() {
        return DatePart.of(time -> Value.of(Weeks.dayFromSunday(time)));
    }

    private static ExpressionFactory isoWeekYear() {
        return DatePart.of(time -> Value.of(time.getLong(IsoFields.WEEK_BASED_YEAR)));
    }

    private static ExpressionFactory week() {
        return DatePart.of(time -> Value.of(Weeks.ofYear(time)));
    }
}
