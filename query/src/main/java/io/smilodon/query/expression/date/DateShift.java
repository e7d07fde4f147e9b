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
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.value.Numbers;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code {$dateAdd: {startDate, unit, amount, timezone}}} and {@code $dateSubtract}: a date moved
 * by so many units. With null or missing it is null.
 *
 * @param isBackwards for {@code $dateSubtract}
 */
record DateShift(
        Expression startDate,
        Expression unit,
        Expression amount,
        ZoneOperand timezone,
        boolean isBackwards)
        implements CompoundExpression {

    private static final ErrorCode INCOMPLETE = ErrorCode.location(5166402);
    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.location(5166400), ErrorCode.location(5166401))
                    .required("startDate", INCOMPLETE)
                    .required("unit", INCOMPLETE)
                    .required("amount", INCOMPLETE)
                    .optional("timezone");

    static ExpressionFactory forwards() {
        return (operand, scope) -> parse(operand, scope, false);
    }

    static ExpressionFactory backwards() {
        return (operand, scope) -> parse(operand, scope, true);
    }

    private static Expression parse(Value operand, ExpressionScope scope, boolean isBackwards) {
        Document parts = PARTS.check(operand, scope);
        return new DateShift(
                scope.parse("startDate", parts.get("startDate")),
                scope.parse("unit", parts.get("unit")),
                scope.parse("amount", parts.get("amount")),
                ZoneOperand.parse(parts, scope),
                isBackwards);
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Value start = startDate.evaluate(context);
        Value unitName = unit.evaluate(context);
        Value count = amount.evaluate(context);
        if (start.isNullish() || unitName.isNullish() || count.isNullish()) {
            return NullValue.INSTANCE;
        }
        Optional<ZoneRules> zone = timezone.find(context);
        if (zone.isEmpty()) {
            return NullValue.INSTANCE;
        }
        long millis = Instants.instant(start, 5166403).toEpochMilli();
        DateUnit steps = DateUnit.require(unitName, 5166404, ErrorCode.FAILED_TO_PARSE);
        return moved(millis, steps, signed(count, steps), zone.get());
    }

    private long signed(Value count, DateUnit steps) {
        if (!(count instanceof NumberValue number) || !Numbers.isLong(number)) {
            throw new SmilodonException(
                    ErrorCode.location(5166405),
                    "expects integer amount of time units",
                    Map.of("actual", count));
        }
        long wanted = number.toLong();
        if (isBackwards && wanted == Long.MIN_VALUE) {
            throw invalidAmount(6045000, wanted, steps);
        }
        long max = steps.amountMax();
        if (wanted > max || wanted < -max) {
            throw invalidAmount(5976500, wanted, steps);
        }
        return isBackwards ? -wanted : wanted;
    }

    private static SmilodonException invalidAmount(int code, long amount, DateUnit unit) {
        return new SmilodonException(
                ErrorCode.location(code),
                "invalid 'amount' parameter value",
                Map.of("amount", amount, "unit", unit.alias()));
    }

    private static Value moved(long millis, DateUnit unit, long amount, ZoneRules zone) {
        try {
            return new DateValue(CalendarSteps.add(millis, unit, amount, zone));
        } catch (ArithmeticException tooFar) {
            throw new SmilodonException(
                    ErrorCode.location(5166406),
                    "dateAdd overflowed",
                    Map.of("amount", amount, "unit", unit.alias()));
        }
    }

    @Override
    public List<Expression> operands() {
        return List.of(startDate, unit, amount, timezone.written());
    }
}
