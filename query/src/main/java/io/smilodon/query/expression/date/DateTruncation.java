package io.smilodon.query.expression.date;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.value.Numbers;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code {$dateTrunc: {date, unit, binSize, timezone, startOfWeek}}}: the start of the bin of so
 * many units that holds a date, the bins counted from 2000-01-01 in the zone. With null or missing
 * it is null, whatever else is wrong.
 */
record DateTruncation(Expression date, Expression binSize, CalendarOperands calendar)
        implements CompoundExpression {

    /** The largest bin of days and more. */
    private static final long CALENDAR_BIN_MAX = 100_000_000_000L;

    private static final NamedOperands PARTS =
            CalendarOperands.addTo(
                            NamedOperands.of(
                                            ErrorCode.location(5439007),
                                            ErrorCode.location(5439008))
                                    .required("date", ErrorCode.location(5439009)),
                            ErrorCode.location(5439010))
                    .optional("binSize");

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        return new DateTruncation(
                scope.parse("date", parts.get("date")),
                scope.parseOr("binSize", parts, Value.of(1)),
                CalendarOperands.parse(parts, scope));
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Value instant = date.evaluate(context);
        Value size = binSize.evaluate(context);
        if (instant.isNullish() || size.isNullish()) {
            return NullValue.INSTANCE;
        }
        return calendar.evaluate(context)
                .map(values -> truncated(instant, size, values))
                .orElse(NullValue.INSTANCE);
    }

    private static Value truncated(Value instant, Value size, CalendarOperands.Values calendar) {
        long millis = Instants.instant(instant, 5439012).toEpochMilli();
        DateUnit unit = calendar.unit();
        CalendarSteps.Bin bin = new CalendarSteps.Bin(unit, size(size, unit), calendar.weekStart());
        try {
            return new DateValue(CalendarSteps.truncate(millis, bin, calendar.zone()));
        } catch (ArithmeticException tooFar) {
            throw new SmilodonException(
                    ErrorCode.location(5439000),
                    "dateTrunc overflowed",
                    Map.of("unit", unit.alias(), "binSize", bin.size()));
        }
    }

    private static long size(Value written, DateUnit unit) {
        if (!(written instanceof NumberValue number) || !Numbers.isLong(number)) {
            throw badSize(5439017, "requires 'binSize' to be a 64-bit integer", written);
        }
        long size = number.toLong();
        if (size <= 0) {
            throw badSize(5439018, "requires 'binSize' to be greater than 0", written);
        }
        if (unit.base() != ChronoUnit.MILLIS && size > CALENDAR_BIN_MAX) {
            throw badSize(5439006, "dateTrunc unsupported binSize value", written);
        }
        return size;
    }

    private static SmilodonException badSize(int code, String text, Value actual) {
        return new SmilodonException(ErrorCode.location(code), text, Map.of("actual", actual));
    }

    @Override
    public List<Expression> operands() {
        return Stream.concat(Stream.of(date, binSize), calendar.operands().stream()).toList();
    }
}
