package io.smilodon.query.accumulator;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionScope;
import io.smilodon.query.expression.Literal;
import io.smilodon.query.expression.UnaryExpression;
import java.util.Map;

/**
 * The {@code n} of {@code $firstN} and its kin: how many values to keep, as an int64 of at least 1.
 *
 * @param operand what it is written as
 * @param location where that stands
 */
record ElementCount(Expression operand, Location location) implements UnaryExpression {

    /** Reads it; a constant is checked here, everything else when a group begins. */
    static Expression parse(Value written, ExpressionScope scope) {
        ElementCount count = new ElementCount(scope.parse(written), scope.location());
        return count.operand instanceof Literal constant
                ? new Literal(count.apply(constant.value()))
                : count;
    }

    @Override
    public Value apply(Value value) {
        if (!(value instanceof NumberValue number)) {
            throw error(5787902, "Value for 'n' must be of integral type", value);
        }
        Value whole = new Int64Value(number.toLong());
        if (!number.isIntegral() || !ValueOrder.equal(whole, number)) {
            throw error(5787903, "Value for 'n' must be of integral type", value);
        }
        if (number.toLong() <= 0) {
            throw error(5787908, "'n' must be greater than 0", value);
        }
        return whole;
    }

    private SmilodonException error(int code, String text, Value value) {
        return new SmilodonException(
                        ErrorCode.location(code), text, Map.of("actual", value.toString()))
                .at(location);
    }
}
