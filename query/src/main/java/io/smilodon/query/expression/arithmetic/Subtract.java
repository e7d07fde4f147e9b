package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.BinaryExpression;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Arithmetic;
import io.smilodon.query.value.Numbers;
import java.util.Map;

/**
 * {@code {$subtract: [<minuend>, <subtrahend>]}}: the difference of two numbers, the milliseconds
 * between two dates, or a date moved back by milliseconds. With null or missing it is null.
 */
record Subtract(Expression left, Expression right) implements BinaryExpression {

    @Override
    public Value apply(Value from, Value what) {
        if (from.isNullish() || what.isNullish()) {
            return NullValue.INSTANCE;
        }
        if (from instanceof NumberValue minuend && what instanceof NumberValue subtrahend) {
            return Arithmetic.subtract(minuend, subtrahend);
        }
        if (from instanceof DateValue later && what instanceof DateValue earlier) {
            return new Int64Value(later.epochMillis() - earlier.epochMillis());
        }
        if (from instanceof DateValue date && what instanceof NumberValue millis) {
            return DateSteps.move(date, Numbers.negated(millis));
        }
        throw new SmilodonException(
                ErrorCode.TYPE_MISMATCH,
                "can't $subtract these types",
                Map.of("from", from.type().alias(), "what", what.type().alias()));
    }
}
