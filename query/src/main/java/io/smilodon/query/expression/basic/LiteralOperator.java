package io.smilodon.query.expression.basic;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.Literal;

/** {@code {$literal: <value>}}: the value itself, dollar signs and all. */
final class LiteralOperator {

    private LiteralOperator() {}

    static Expression parse(Value operand, ExpressionScope scope) {
        return new Literal(operand);
    }
}
