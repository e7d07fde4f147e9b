package io.smilodon.query.expression.set;

import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;
import io.smilodon.query.value.Truth;

/** {@code {$anyElementTrue: [<array>]}}: whether an element counts as true. */
record AnyTrue(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        for (Value element : ValueSet.require(value, 17041, "$anyElementTrue")) {
            Steps.take();
            if (Truth.of(element)) {
                return Value.of(true);
            }
        }
        return Value.of(false);
    }
}
