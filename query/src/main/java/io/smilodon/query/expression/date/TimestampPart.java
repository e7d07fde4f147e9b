package io.smilodon.query.expression.date;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionFactory;
import io.smilodon.query.expression.Operands;
import io.smilodon.query.expression.UnaryExpression;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * {@code {$tsSecond: <timestamp>}} and {@code {$tsIncrement: <timestamp>}}: half of a timestamp, a
 * long. Of null and missing it is null.
 *
 * @param part the unsigned half
 * @param notTimestamp the number of the error for other values
 */
record TimestampPart(Expression operand, ToIntFunction<TimestampValue> part, int notTimestamp)
        implements UnaryExpression {

    static ExpressionFactory seconds() {
        return Operands.one(value -> new TimestampPart(value, TimestampValue::seconds, 5687301));
    }

    static ExpressionFactory increment() {
        return Operands.one(value -> new TimestampPart(value, TimestampValue::increment, 5687302));
    }

    @Override
    public Value apply(Value value) {
        if (value.isNullish()) {
            return NullValue.INSTANCE;
        }
        if (!(value instanceof TimestampValue timestamp)) {
            throw new SmilodonException(
                    ErrorCode.location(notTimestamp),
                    "Argument must be a timestamp",
                    Map.of("actual", value.type().alias()));
        }
        return Value.of(Integer.toUnsignedLong(part.applyAsInt(timestamp)));
    }
}
