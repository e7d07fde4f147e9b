package io.smilodon.query.expression.string;

import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.VariadicExpression;
import java.util.List;

/** {@code {$concat: [<string>, …]}}: the strings end to end. With null or missing it is null. */
record Concat(List<Expression> operands) implements VariadicExpression {

    Concat {
        operands = List.copyOf(operands);
    }

    @Override
    public Value apply(List<Value> values) {
        BoundedText text = new BoundedText();
        for (Value value : values) {
            if (value.isNullish()) {
                return NullValue.INSTANCE;
            }
            text.append(Strings.require(value, 16702, "$concat"));
        }
        return Value.of(text.toString());
    }
}
