package io.smilodon.query.expression.basic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.Literal;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.expression.UnaryExpression;
import java.util.Map;

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

    static Expression parse(Value operand, ExpressionScope scope) {
        if (operand instanceof Document document && isNamed(document)) {
            Document parts = OPERANDS.check(document, scope);
            return new GetField(
                    name(parts.get("field"), scope.child("field")),
                    scope.parse("input", parts.get("input")));
        }
        return new GetField(name(operand, scope), scope.parse(Value.of("$$CURRENT")));
    }

    private static boolean isNamed(Document document) {
        return !document.isEmpty() && !document.iterator().next().name().startsWith("$");
    }

    private static String name(Value written, ExpressionScope scope) {
        if (scope.parse(written) instanceof Literal literal
                && literal.value() instanceof StringValue name) {
            return name.value();
        }
        throw scope.error(
                        ErrorCode.location(5654602),
                        "$getField requires 'field' to evaluate to a constant String",
                        Map.of("actual", written.type().alias()))
                .withHint("write a name that starts with $ as {$literal: \"$name\"}");
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
