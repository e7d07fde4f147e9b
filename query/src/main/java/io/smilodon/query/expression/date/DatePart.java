package io.smilodon.query.expression.date;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import java.time.OffsetDateTime;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code {$year: <date>}}, {@code {$year: {date: <date>, timezone: <zone>}}} and its kin: one part
 * of a date, in UTC unless a zone is given. Of null and missing it is null.
 */
record DatePart(Expression date, ZoneOperand timezone, Function<OffsetDateTime, Value> part)
        implements CompoundExpression {

    private static final int ZONE_NOT_STRING = 40533;

    private static final NamedOperands PARTS =
            NamedOperands.of(ErrorCode.location(40535), ErrorCode.location(40535))
                    .required("date", ErrorCode.location(40539))
                    .optional("timezone");

    static ExpressionFactory of(Function<OffsetDateTime, Value> part) {
        return (operand, scope) -> parse(operand, scope, part);
    }

    private static Expression parse(
            Value operand, ExpressionScope scope, Function<OffsetDateTime, Value> part) {
        return switch (operand) {
            case Document named -> {
                if (isExpression(named)) {
                    yield new DatePart(scope.parse(named), ZoneOperand.utc(), part);
                }
                PARTS.check(named, scope);
                Expression date = scope.parse("date", named.get("date"));
                yield new DatePart(date, zone(named, scope), part);
            }
            case ArrayValue list ->
                    new DatePart(scope.parse(0, only(list, scope)), ZoneOperand.utc(), part);
            default -> new DatePart(scope.parse(operand), ZoneOperand.utc(), part);
        };
    }

    private static boolean isExpression(Document document) {
        return !document.isEmpty() && document.iterator().next().name().startsWith("$");
    }

    private static ZoneOperand zone(Document named, ExpressionScope scope) {
        return scope.parseIfWritten("timezone", named)
                .map(zone -> ZoneOperand.of(zone, ZONE_NOT_STRING))
                .orElse(ZoneOperand.utc());
    }

    private static Value only(ArrayValue list, ExpressionScope scope) {
        if (list.size() != 1) {
            throw scope.error(
                    ErrorCode.location(40536),
                    "The operator accepts exactly one argument if given an array",
                    Map.of("operator", scope.operator(), "actual", list.size()));
        }
        return list.get(0);
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Value instant = date.evaluate(context);
        if (instant.isNullish()) {
            return NullValue.INSTANCE;
        }
        Optional<ZoneRules> zone = timezone.find(context);
        return zone.isPresent()
                ? part.apply(Instants.read(instant, zone.get()))
                : NullValue.INSTANCE;
    }

    @Override
    public List<Expression> operands() {
        return List.of(date, timezone.written());
    }
}
