package io.smilodon.query.expression.array;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.BinaryExpression;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.IntOperand;

/**
 * {@code {$arrayElemAt: [<array>, <index>]}}: the element there; a negative index counts from the
 * end, and beyond the ends it is missing. With null or missing it is null.
 */
record ElementAt(Expression left, Expression right) implements BinaryExpression {

    @Override
    public Value apply(Value list, Value place) {
        if (list.isNullish() || place.isNullish()) {
            return NullValue.INSTANCE;
        }
        ArrayValue array = ArrayErrors.requireArray(list, 28689, "$arrayElemAt");
        int index = IntOperand.require(place, 28690, 28691, "$arrayElemAt");
        return array.get(index < 0 ? index + array.size() : index);
    }
}
