package io.smilodon.query.expression.set;

import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.UnaryExpression;
import io.smilodon.query.value.Truth;

/** {@code {$allElementsTrue: [<array>]}}: whether every element counts as true. */
record AllTrue(Expression operand) implements UnaryExpression {

    @Override
    public Value apply(Value value) {
        for (Value element : ValueSet.require(value, 17040, "$allElementsTrue")) {
            Steps.take();
            if (!Truth.of(element)) {
                return Value.of(false);
            }
        }
        return Value.of(true);
    }
}
