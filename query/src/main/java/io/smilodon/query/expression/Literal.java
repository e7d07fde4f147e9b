package io.smilodon.query.expression;

import io.smilodon.engine.value.Value;

/** A value that is the same for every document. */
public record Literal(Value value) implements Expression {

    @Override
    public Value evaluate(EvaluationContext context) {
        return value;
    }

    @Override
    public void collectPaths(PathCollector collector) {
        // A constant reads nothing.
    }
}
