package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Division;
import io.smilodon.query.value.Numbers;

/**
 * {@code {$mod: [<dividend>, <divisor>]}}: the remainder, with the sign of the dividend. With null
 * or missing it is null.
 */
record Modulo(Expression left, Expression right) implements NumericPair {

    @Override
    public NumberValue of(NumberValue dividend, NumberValue divisor) {
        if (Numbers.isZero(divisor)) {
            throw new SmilodonException(ErrorCode.location(16610), "can't $mod by zero");
        }
        return Division.remainder(dividend, divisor);
    }

    @Override
    public SmilodonException notNumeric(Value dividend, Value divisor) {
        boolean isFirst = !(dividend instanceof NumberValue);
        return NumericErrors.notNumeric(
                ErrorCode.location(16611), "$mod", isFirst ? dividend : divisor);
    }
}
