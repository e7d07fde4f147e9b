package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.VariadicExpression;
import io.smilodon.query.value.Arithmetic;
import java.util.List;

/** {@code {$multiply: [<number>, …]}}: the product. With null or missing it is null. */
record Multiply(List<Expression> operands) implements VariadicExpression {

    Multiply {
        operands = List.copyOf(operands);
    }

    @Override
    public Value apply(List<Value> values) {
        NumberValue product = new Int32Value(1);
        boolean hasLong = false;
        for (Value value : values) {
            if (value.isNullish()) {
                return NullValue.INSTANCE;
            }
            if (!(value instanceof NumberValue factor)) {
                throw NumericErrors.notNumeric(ErrorCode.TYPE_MISMATCH, "$multiply", value);
            }
            hasLong |= factor instanceof Int64Value;
            product = Arithmetic.multiply(product, factor);
        }
        return hasLong ? product : Arithmetic.narrowed(product);
    }
}
