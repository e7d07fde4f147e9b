package io.smilodon.query.expression.basic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.expression.UnaryExpression;

/**
 * {@code {$getField: {field: <name>, input: <document>}}}, or {@code {$getField: <name>}} for the
 * document itself: a field whose name may hold dots and dollar signs. The name is a constant. Of
 * null it is null, of anything else that is no document it is missing.
 */
record GetField(String name, Expression operand) implements UnaryExpression {

    private static final NamedOperands OPERANDS =
            NamedOperands.of(ErrorCode.location(3041700), ErrorCode.location(3041701))
                    .required("field", ErrorCode.location(3041702))
                    .required("input", ErrorCode.location(3041703));

    private static final ConstantName NAME = new ConstantName(5654600, 5654601, 5654602);

    static Expression parse(Value operand, ExpressionScope scope) {
        if (operand instanceof Document document && !ConstantName.isOperator(document)) {
            Document parts = OPERANDS.check(document, scope);
            return new GetField(
                    NAME.require(parts.get("field"), scope.child("field")),
                    scope.parse("input", parts.get("input")));
        }
        return new GetField(NAME.require(operand, scope), scope.parse(Value.of("$$CURRENT")));
    }

    @Override
    public Value apply(Value value) {
        return switch (value) {
            case Document document -> document.get(name);
            case NullValue none -> NullValue.INSTANCE;
            default -> Missing.INSTANCE;
        };
    }
}
