package io.smilodon.query.expression.array;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.NamedOperands;
import io.smilodon.query.value.Numbers;
import java.util.function.BinaryOperator;

/** How many elements of an array an operator takes: {@code {n: <count>, input: <array>}}. */
final class ElementCount {

    private ElementCount() {}

    static NamedOperands parts(int notDocument) {
        return NamedOperands.of(ErrorCode.location(notDocument), ErrorCode.location(5787901))
                .required("n", ErrorCode.location(5787906))
                .required("input", ErrorCode.location(5787907));
    }

    /** Makes the expression of the count and the array. */
    static ExpressionFactory factory(NamedOperands names, BinaryOperator<Expression> maker) {
        return (operand, scope) -> {
            Document parts = names.check(operand, scope);
            return maker.apply(
                    scope.parse("n", parts.get("n")), scope.parse("input", parts.get("input")));
        };
    }

    static long require(Value value, String operator) {
        if (!(value instanceof NumberValue number)) {
            throw ArrayErrors.wrongType(
                    5787902, "The value for n must be of integral type", operator, value);
        }
        if (!Numbers.isLong(number)) {
            throw ArrayErrors.wrongType(
                    5787903, "The value for n must be of integral type", operator, value);
        }
        if (number.toLong() <= 0) {
            throw ArrayErrors.wrongType(5787908, "n must be greater than 0", operator, value);
        }
        return number.toLong();
    }
}
