package io.smilodon.query.expression.array;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.BinaryExpression;
import io.smilodon.query.expression.Expression;

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
        if (!(place instanceof NumberValue)) {
            throw ArrayErrors.wrongType(
                    28690, "The index must be a numeric value", "$arrayElemAt", place);
        }
        int index = ArrayErrors.requireInt(place, 28691, "$arrayElemAt");
        return array.get(index < 0 ? index + array.size() : index);
    }
}
