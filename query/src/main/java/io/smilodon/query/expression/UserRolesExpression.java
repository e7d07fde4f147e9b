package io.smilodon.query.expression;

import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationScope;

/** {@code "$$USER_ROLES"}: the roles of who asks, {@code [{_id, role, db}]}; none of a program. */
record UserRolesExpression() implements Expression {

    @Override
    public Value evaluate(EvaluationContext context) {
        return OperationScope.permit().caller().shownRoles();
    }

    @Override
    public void collectPaths(PathCollector collector) {
        // Who asks is not part of the document.
    }
}
