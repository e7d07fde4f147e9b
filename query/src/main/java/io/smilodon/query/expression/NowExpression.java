package io.smilodon.query.expression;

import io.smilodon.engine.value.Value;

/** {@code "$$NOW"}: the instant of the operation, the same for all its documents. */
record NowExpression() implements Expression {

    @Override
    public Value evaluate(EvaluationContext context) {
        return context.now();
    }

    @Override
    public void collectPaths(PathCollector collector) {
        // The instant is not part of the document.
    }
}
