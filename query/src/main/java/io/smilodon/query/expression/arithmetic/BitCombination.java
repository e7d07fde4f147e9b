package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.VariadicExpression;
import java.util.List;
import java.util.function.LongBinaryOperator;

/**
 * {@code {$bitAnd: [<int or long>, …]}}, {@code $bitOr} and {@code $bitXor}: the operands put
 * together bit by bit; a long if one of them is. With null or missing it is null.
 *
 * @param start what the operands are added to, the result without any
 */
record BitCombination(
        List<Expression> operands, String name, int start, LongBinaryOperator combination)
        implements VariadicExpression {

    BitCombination {
        operands = List.copyOf(operands);
    }

    static ExpressionFactory factory(String name, int start, LongBinaryOperator combination) {
        return Operands.any(operands -> new BitCombination(operands, name, start, combination));
    }

    @Override
    public Value apply(List<Value> values) {
        long bits = start;
        boolean isLong = false;
        for (Value value : values) {
            switch (value) {
                case Int32Value integer -> bits = combination.applyAsLong(bits, integer.value());
                case Int64Value integer -> {
                    bits = combination.applyAsLong(bits, integer.value());
                    isLong = true;
                }
                default -> {
                    if (value.isNullish()) {
                        return NullValue.INSTANCE;
                    }
                    throw NumericErrors.notIntegral(name, value);
                }
            }
        }
        return isLong ? new Int64Value(bits) : new Int32Value((int) bits);
    }
}
