package io.smilodon.query.expression;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import java.util.List;

/** {@code [<expression>, …]}: an array; an element without a value is null. */
record ArrayExpression(List<Expression> operands) implements VariadicExpression {

    ArrayExpression {
        operands = List.copyOf(operands);
    }

    @Override
    public Value apply(List<Value> values) {
        return of(values);
    }

    /**
     * The array of what its elements are.
     *
     * @param values belong to the array from now on: hundreds of thousands are made by one request
     */
    static ArrayValue of(List<Value> values) {
        values.replaceAll(value -> value == Missing.INSTANCE ? NullValue.INSTANCE : value);
        return ArrayValue.of(values);
    }
}
