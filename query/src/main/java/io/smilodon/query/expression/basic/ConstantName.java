package io.smilodon.query.expression.basic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.Literal;
import java.util.Map;

/**
 * The rule that a field's name is written as a constant.
 *
 * @param path the code for a path or a variable
 * @param notConstant the code for what has to be computed
 * @param notString the code for a constant of another type
 */
record ConstantName(int path, int notConstant, int notString) {

    String require(Value written, ExpressionScope scope) {
        Expression expression = scope.parse(written);
        boolean isReference = written instanceof StringValue text && text.value().startsWith("$");
        if (isReference) {
            throw scope.error(
                            ErrorCode.location(path),
                            "a field path reference is not allowed in this context",
                            Map.of("operator", scope.operator(), "actual", written))
                    .withHint("write a name that starts with $ as {$literal: \"$name\"}");
        }
        if (!(expression instanceof Literal literal) || isBuilt(written)) {
            throw scope.error(
                    ErrorCode.location(notConstant),
                    "the name of the field must be a constant",
                    Map.of("operator", scope.operator()));
        }
        if (literal.value() instanceof StringValue name) {
            return name.value();
        }
        throw scope.error(
                ErrorCode.location(notString),
                "the name of the field must be a string",
                Map.of(
                        "operator", scope.operator(),
                        "actual", literal.value().type().alias()));
    }

    /** Whether it is an array or a document of expressions, even if these are constants. */
    private static boolean isBuilt(Value written) {
        return switch (written) {
            case Document document -> !isOperator(document);
            case ArrayValue array -> true;
            default -> false;
        };
    }

    static boolean isOperator(Document document) {
        return !document.isEmpty() && document.iterator().next().name().startsWith("$");
    }
}
