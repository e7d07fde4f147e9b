package io.smilodon.query.expression;

import io.smilodon.engine.value.Value;

/** {@code "$$name"}: a variable of the user, known to be bound when the expression was parsed. */
record VariableExpression(String name) implements Expression {

    @Override
    public Value evaluate(EvaluationContext context) {
        return context.variable(name);
    }

    @Override
    public void collectPaths(PathCollector collector) {
        // Whoever bound the variable has read the document for it.
    }
}
