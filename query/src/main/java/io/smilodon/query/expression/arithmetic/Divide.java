package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Division;
import io.smilodon.query.value.Numbers;

/**
 * {@code {$divide: [<dividend>, <divisor>]}}: the quotient, a double or a decimal. With null or
 * missing it is null.
 */
record Divide(Expression left, Expression right) implements NumericPair {

    @Override
    public NumberValue of(NumberValue dividend, NumberValue divisor) {
        if (Numbers.isZero(divisor)) {
            throw new SmilodonException(ErrorCode.BAD_VALUE, "can't $divide by zero");
        }
        return Division.divide(dividend, divisor);
    }

    @Override
    public SmilodonException notNumeric(Value dividend, Value divisor) {
        boolean isFirst = !(dividend instanceof NumberValue);
        return NumericErrors.notNumeric(
                ErrorCode.TYPE_MISMATCH, "$divide", isFirst ? dividend : divisor);
    }
}
