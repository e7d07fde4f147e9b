package io.smilodon.query.expression;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Factories that check the number of operands. A list of operands is written as an array; where
 * there is one only, the array may be left out.
 */
public final class Operands {

    private Operands() {}

    public static ExpressionFactory one(Function<Expression, Expression> maker) {
        return (operand, scope) -> maker.apply(exactly(1, operand, scope).get(0));
    }

    public static ExpressionFactory two(BiFunction<Expression, Expression, Expression> maker) {
        return (operand, scope) -> {
            List<Expression> operands = exactly(2, operand, scope);
            return maker.apply(operands.get(0), operands.get(1));
        };
    }

    public static ExpressionFactory three(Ternary maker) {
        return (operand, scope) -> {
            List<Expression> operands = exactly(3, operand, scope);
            return maker.apply(operands.get(0), operands.get(1), operands.get(2));
        };
    }

    /** Any number of operands, also none. */
    public static ExpressionFactory any(Function<List<Expression>, Expression> maker) {
        return (operand, scope) -> maker.apply(list(operand, scope));
    }

    /** At least the smaller number of operands and at most the larger one. */
    public static ExpressionFactory range(
            int least, int most, Function<List<Expression>, Expression> maker) {
        return (operand, scope) -> {
            List<Expression> operands = list(operand, scope);
            if (operands.size() < least || operands.size() > most) {
                throw scope.error(
                        ErrorCode.location(28667),
                        "Expression takes a limited number of arguments",
                        Map.of(
                                "operator",
                                scope.operator(),
                                "least",
                                least,
                                "most",
                                most,
                                "actual",
                                operands.size()));
            }
            return maker.apply(operands);
        };
    }

    private static List<Expression> exactly(int count, Value operand, ExpressionScope scope) {
        List<Expression> operands = list(operand, scope);
        if (operands.size() != count) {
            throw scope.error(
                    ErrorCode.location(16020),
                    "Expression takes an exact number of arguments",
                    Map.of(
                            "operator", scope.operator(),
                            "expected", count,
                            "actual", operands.size()));
        }
        return operands;
    }

    private static List<Expression> list(Value operand, ExpressionScope scope) {
        if (!(operand instanceof ArrayValue array)) {
            return List.of(scope.parse(operand));
        }
        List<Expression> operands = new ArrayList<>();
        for (Value element : array) {
            operands.add(scope.parse(operands.size(), element));
        }
        return operands;
    }

    /** A maker of an expression of three. */
    @FunctionalInterface
    public interface Ternary {
        Expression apply(Expression first, Expression second, Expression third);
    }
}
