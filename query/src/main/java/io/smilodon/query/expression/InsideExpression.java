package io.smilodon.query.expression;

import io.smilodon.engine.value.Value;
import java.util.List;

/** {@code "$$variable.path"}: what another expression's value has at a path. */
record InsideExpression(Expression operand, List<String> steps) implements UnaryExpression {

    InsideExpression {
        steps = List.copyOf(steps);
    }

    @Override
    public Value apply(Value value) {
        return PathReader.read(value, steps);
    }
}
