package io.smilodon.query.expression.basic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.CompoundExpression;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.Literal;
import io.smilodon.query.expression.NamedOperands;
import java.util.List;
import java.util.Map;

/**
 * {@code {$getField: {field: <expression>, input: <document>}}}, or {@code {$getField:
 * <expression>}} for the document itself: a field whose name may hold dots and dollar signs. The
 * name is computed for each document and must be a string. Of null it is null, of anything else
 * that is no document it is missing.
 */
record GetField(Expression name, Expression input) implements CompoundExpression {

    private static final NamedOperands OPERANDS =
            NamedOperands.of(ErrorCode.location(3041700), ErrorCode.location(3041701))
                    .required("field", ErrorCode.location(3041702))
                    .required("input", ErrorCode.location(3041703));

    static Expression parse(Value operand, ExpressionScope scope) {
        if (operand instanceof Document document && !ConstantName.isOperator(document)) {
            Document parts = OPERANDS.check(document, scope);
            return new GetField(
                    name(parts.get("field"), scope.child("field")),
                    scope.parse("input", parts.get("input")));
        }
        return new GetField(name(operand, scope), scope.parse(Value.of("$$CURRENT")));
    }

    /** A constant is checked at once. */
    private static Expression name(Value written, ExpressionScope scope) {
        Expression name = scope.parse(written);
        if (name instanceof Literal literal && !(literal.value() instanceof StringValue)) {
            throw notString(literal.value()).at(scope.location());
        }
        return name;
    }

    private static SmilodonException notString(Value actual) {
        return new SmilodonException(
                ErrorCode.location(3041704),
                "$getField requires 'field' to evaluate to type String",
                Map.of("actual", actual.type().alias()));
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Value named = name.evaluate(context);
        if (!(named instanceof StringValue text)) {
            throw notString(named)
                    .withHint("write a name that starts with $ as {$literal: \"$name\"}");
        }
        return switch (input.evaluate(context)) {
            case Document document -> document.get(text.value());
            case NullValue none -> NullValue.INSTANCE;
            default -> Missing.INSTANCE;
        };
    }

    @Override
    public List<Expression> operands() {
        return List.of(name, input);
    }
}
