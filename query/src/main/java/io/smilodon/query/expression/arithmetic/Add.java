package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.VariadicExpression;
import io.smilodon.query.value.PlainSum;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code {$add: [<number or date>, …]}}: the sum; of one date and numbers, the date moved on by so
 * many milliseconds. With null or missing it is null.
 */
record Add(List<Expression> operands) implements VariadicExpression {

    Add {
        operands = List.copyOf(operands);
    }

    @Override
    public Value apply(List<Value> values) {
        PlainSum sum = new PlainSum();
        Optional<DateValue> date = Optional.empty();
        for (Value value : values) {
            if (value.isNullish()) {
                return NullValue.INSTANCE;
            }
            switch (value) {
                case NumberValue number -> sum.add(number);
                case DateValue found -> {
                    requireFirst(date);
                    date = Optional.of(found);
                }
                default -> throw notAddable(value);
            }
        }
        NumberValue total = sum.total();
        return date.isPresent() ? DateSteps.move(date.get(), total) : total;
    }

    private static void requireFirst(Optional<DateValue> date) {
        if (date.isPresent()) {
            throw new SmilodonException(
                    ErrorCode.location(16612), "only one date allowed in an $add expression");
        }
    }

    private static SmilodonException notAddable(Value value) {
        return new SmilodonException(
                ErrorCode.location(16554),
                "$add only supports numeric or date types",
                Map.of("actual", value.type().alias()));
    }
}
