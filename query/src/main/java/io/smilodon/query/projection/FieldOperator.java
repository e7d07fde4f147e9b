package io.smilodon.query.projection;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.ExpressionScope;
import java.util.Optional;

/** An operator that only the projection of a find has. */
@FunctionalInterface
interface FieldOperator {

    /** What it does to its field; empty if, written so, it is the expression of that name. */
    Optional<Action> parse(Value operand, ExpressionScope scope);
}
