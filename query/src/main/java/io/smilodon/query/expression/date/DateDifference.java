package io.smilodon.query.expression.date;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code {$dateDiff: {startDate, endDate, unit, timezone, startOfWeek}}}: how many boundaries of
 * the unit lie between two dates, a long. With null or missing it is null, whatever else is wrong.
 */
record DateDifference(Expression startDate, Expression endDate, CalendarOperands calendar)
        implements CompoundExpression {

    private static final NamedOperands PARTS =
            CalendarOperands.addTo(
                    NamedOperands.of(ErrorCode.location(5166301), ErrorCode.location(5166302))
                            .required("startDate", ErrorCode.location(5166303))
                            .required("endDate", ErrorCode.location(5166304)),
                    ErrorCode.location(5166305));

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        return new DateDifference(
                scope.parse("startDate", parts.get("startDate")),
                scope.parse("endDate", parts.get("endDate")),
                CalendarOperands.parse(parts, scope));
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Value start = startDate.evaluate(context);
        Value end = endDate.evaluate(context);
        if (start.isNullish() || end.isNullish()) {
            return NullValue.INSTANCE;
        }
        return calendar.evaluate(context)
                .map(values -> between(start, end, values))
                .orElse(NullValue.INSTANCE);
    }

    private static Value between(Value start, Value end, CalendarOperands.Values calendar) {
        CalendarSteps.Span span =
                new CalendarSteps.Span(
                        Instants.instant(start, 5166307).toEpochMilli(),
                        Instants.instant(end, 5166307).toEpochMilli());
        DateUnit unit = calendar.unit();
        try {
            return Value.of(
                    CalendarSteps.between(span, unit, calendar.zone(), calendar.weekStart()));
        } catch (ArithmeticException tooFar) {
            throw new SmilodonException(
                    ErrorCode.location(5166308), "dateDiff overflowed", Map.of());
        }
    }

    @Override
    public List<Expression> operands() {
        return Stream.concat(Stream.of(startDate, endDate), calendar.operands().stream()).toList();
    }
}
