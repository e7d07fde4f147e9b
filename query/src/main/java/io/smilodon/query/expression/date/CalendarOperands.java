package io.smilodon.query.expression.date;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import java.time.DayOfWeek;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;

/**
 * The operands {@code unit}, {@code timezone} and {@code startOfWeek}: what cuts time into pieces.
 */
record CalendarOperands(Expression unit, ZoneOperand timezone, Expression startOfWeek) {

    private static final String START_OF_WEEK = "startOfWeek";
    private static final String UNIT = "unit";

    /** Adds them to the operands of an operator. */
    static NamedOperands addTo(NamedOperands operands, ErrorCode missingUnit) {
        return operands.required(UNIT, missingUnit).optional("timezone").optional(START_OF_WEEK);
    }

    static CalendarOperands parse(Document parts, ExpressionScope scope) {
        return new CalendarOperands(
                scope.parse(UNIT, parts.get(UNIT)),
                ZoneOperand.parse(parts, scope),
                scope.parseOr(START_OF_WEEK, parts, WeekStart.SUNDAY));
    }

    /** Their values; none if one of those that are needed is null or missing. */
    Optional<Values> evaluate(EvaluationContext context) {
        Value name = unit.evaluate(context);
        if (name.isNullish()) {
            return Optional.empty();
        }
        Value week = WeekStart.isNeeded(name) ? startOfWeek.evaluate(context) : WeekStart.SUNDAY;
        return week.isNullish()
                ? Optional.empty()
                : timezone.find(context).map(zone -> new Values(name, zone, week));
    }

    /** The values, of which the names are not looked up yet. */
    record Values(Value unitName, ZoneRules zone, Value weekStartName) {

        DateUnit unit() {
            return DateUnit.require(unitName, 5439013, ErrorCode.location(5439014));
        }

        DayOfWeek weekStart() {
            return WeekStart.require(weekStartName);
        }
    }

    List<Expression> operands() {
        return List.of(unit, timezone.written(), startOfWeek);
    }
}
