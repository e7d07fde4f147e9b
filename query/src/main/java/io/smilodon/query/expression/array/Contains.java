package io.smilodon.query.expression.array;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.OrderedBinaryExpression;

/** {@code {$in: [<value>, <array>]}}: whether an element equals the value. */
record Contains(Expression left, Expression right) implements OrderedBinaryExpression {

    @Override
    public Value apply(Value wanted, Value list, ValueOrder order) {
        for (Value element : ArrayErrors.requireArray(list, 40081, "$in")) {
            Steps.take();
            if (order.areEqual(element, wanted)) {
                return Value.of(true);
            }
        }
        return Value.of(false);
    }
}
