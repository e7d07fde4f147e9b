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
import java.time.DayOfWeek;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code {$dateDiff: {startDate, endDate, unit, timezone, startOfWeek}}}: how many boundaries of
 * the unit lie between two dates, a long. With null or missing it is null, whatever else is wrong.
 */
record DateDifference(
        Expression startDate,
        Expression endDate,
        Expression unit,
        ZoneOperand timezone,
        Expression startOfWeek)
        implements CompoundExpression {

    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.location(5166301), ErrorCode.location(5166302))
                    .required("startDate", ErrorCode.location(5166303))
                    .required("endDate", ErrorCode.location(5166304))
                    .required("unit", ErrorCode.location(5166305))
                    .optional("timezone")
                    .optional("startOfWeek");

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = PARTS.check(operand, scope);
        return new DateDifference(
                scope.parse("startDate", parts.get("startDate")),
                scope.parse("endDate", parts.get("endDate")),
                scope.parse("unit", parts.get("unit")),
                ZoneOperand.parse(parts, scope),
                scope.parseOr("startOfWeek", parts, WeekStart.SUNDAY));
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Value start = startDate.evaluate(context);
        Value end = endDate.evaluate(context);
        Value unitName = unit.evaluate(context);
        if (start.isNullish() || end.isNullish() || unitName.isNullish()) {
            return NullValue.INSTANCE;
        }
        Value week =
                WeekStart.isNeeded(unitName) ? startOfWeek.evaluate(context) : WeekStart.SUNDAY;
        Optional<ZoneRules> zone = week.isNullish() ? Optional.empty() : timezone.find(context);
        if (zone.isEmpty()) {
            return NullValue.INSTANCE;
        }
        CalendarSteps.Span span =
                new CalendarSteps.Span(
                        Instants.instant(start, 5166307).toEpochMilli(),
                        Instants.instant(end, 5166307).toEpochMilli());
        DateUnit steps = DateUnit.require(unitName, 5439013, ErrorCode.location(5439014));
        DayOfWeek weekStart = WeekStart.require(week);
        try {
            return Value.of(CalendarSteps.between(span, steps, zone.get(), weekStart));
        } catch (ArithmeticException tooFar) {
            throw new SmilodonException(
                    ErrorCode.location(5166308), "dateDiff overflowed", Map.of());
        }
    }

    @Override
    public List<Expression> operands() {
        return List.of(startDate, endDate, unit, timezone.written(), startOfWeek);
    }
}
