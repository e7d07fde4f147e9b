package io.smilodon.query.expression;

import io.smilodon.engine.value.Value;

/** Makes an operator's expression of its operand: {@code [1, 2]} in {@code {$add: [1, 2]}}. */
@FunctionalInterface
public interface ExpressionFactory {

    /** The scope names the operator and its place, and parses what is inside the operand. */
    Expression create(Value operand, ExpressionScope scope);
}
