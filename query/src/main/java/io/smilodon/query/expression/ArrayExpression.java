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
        values.replaceAll(value -> value == Missing.INSTANCE ? NullValue.INSTANCE : value);
        return ArrayValue.of(values);
    }
}
