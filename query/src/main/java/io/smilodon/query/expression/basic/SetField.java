package io.smilodon.query.expression.basic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
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
 * {@code {$setField: {field: <name>, input: <document>, value: <expression>}}}: the document with
 * that field, or without it where the value is missing; {@code {$unsetField: {field, input}}}
 * removes it. The name is a constant and may hold dots and dollar signs. Of null and missing it is
 * null.
 */
record SetField(String name, Expression input, Expression value) implements CompoundExpression {

    private static final ConstantName NAME = new ConstantName(4161108, 4161106, 4161107);
    private static final NamedOperands UNSET =
            NamedOperands.of(ErrorCode.location(4161100), ErrorCode.location(4161101))
                    .required("field", ErrorCode.location(4161102))
                    .required("input", ErrorCode.location(4161109));
    private static final NamedOperands SET =
            NamedOperands.of(ErrorCode.location(4161100), ErrorCode.location(4161101))
                    .required("field", ErrorCode.location(4161102))
                    .required("value", ErrorCode.location(4161103))
                    .required("input", ErrorCode.location(4161109));

    static Expression parse(Value operand, ExpressionScope scope) {
        Document parts = SET.check(operand, scope);
        return new SetField(
                name(parts, scope),
                scope.parse("input", parts.get("input")),
                scope.parse("value", parts.get("value")));
    }

    static Expression parseUnset(Value operand, ExpressionScope scope) {
        Document parts = UNSET.check(operand, scope);
        return new SetField(
                name(parts, scope),
                scope.parse("input", parts.get("input")),
                new Literal(Missing.INSTANCE));
    }

    private static String name(Document parts, ExpressionScope scope) {
        String name = NAME.require(parts.get("field"), scope.child("field"));
        if (name.indexOf('\0') >= 0) {
            throw scope.child("field")
                    .error(
                            ErrorCode.location(9534700),
                            "the name of the field must not contain a null byte",
                            Map.of("operator", scope.operator(), "name", name));
        }
        return name;
    }

    @Override
    public Value evaluate(EvaluationContext context) {
        Value target = input.evaluate(context);
        if (target.isNullish()) {
            return NullValue.INSTANCE;
        }
        if (!(target instanceof Document document)) {
            throw new SmilodonException(
                    ErrorCode.location(4161105),
                    "the input must be an object",
                    Map.of("actual", target.type().alias()));
        }
        Value set = value.evaluate(context);
        return set == Missing.INSTANCE ? document.without(name) : document.with(name, set);
    }

    @Override
    public List<Expression> operands() {
        return List.of(input, value);
    }
}
