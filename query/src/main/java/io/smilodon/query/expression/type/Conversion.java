package io.smilodon.query.expression.type;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.UnaryExpression;

/**
 * {@code {$toInt: <value>}} and its kin: the value in another type. Of null and missing it is null;
 * what has no such form is refused (241).
 */
record Conversion(Target target, Expression operand) implements UnaryExpression {

    static ExpressionFactory to(Target target) {
        return Operands.one(operand -> new Conversion(target, operand));
    }

    @Override
    public Value apply(Value value) {
        return value.isNullish() ? NullValue.INSTANCE : target.convert(value);
    }
}
