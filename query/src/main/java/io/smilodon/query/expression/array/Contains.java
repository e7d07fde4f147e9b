package io.smilodon.query.expression.array;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.BinaryExpression;
import io.smilodon.query.expression.Expression;

/** {@code {$in: [<value>, <array>]}}: whether an element equals the value. */
record Contains(Expression left, Expression right) implements BinaryExpression {

    @Override
    public Value apply(Value wanted, Value list) {
        for (Value element : ArrayErrors.requireArray(list, 40081, "$in")) {
            if (ValueOrder.equal(element, wanted)) {
                return Value.of(true);
            }
        }
        return Value.of(false);
    }
}
