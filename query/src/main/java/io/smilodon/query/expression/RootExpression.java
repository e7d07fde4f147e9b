package io.smilodon.query.expression;

import io.smilodon.engine.value.Value;

/** {@code "$$ROOT"} and {@code "$$CURRENT"}: the whole document. */
record RootExpression() implements Expression {

    @Override
    public Value evaluate(EvaluationContext context) {
        return context.root();
    }
}
