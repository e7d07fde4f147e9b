package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Decimals;
import io.smilodon.query.value.Numbers;

/**
 * {@code {$log10: <positive number>}}: its decimal logarithm. A decimal has the precision of a
 * double.
 */
record Logarithm10(Expression operand) implements NumericFunction {

    @Override
    public String name() {
        return "$log10";
    }

    @Override
    public NumberValue of(NumberValue number) {
        if (Numbers.isNegative(number) || Numbers.isZero(number)) {
            throw NumericErrors.outOfDomain(
                    28761, "$log10's argument must be a positive number", number);
        }
        NumberValue logarithm = new DoubleValue(Math.log10(number.toDouble()));
        return number instanceof Decimal128 ? Decimals.of(logarithm) : logarithm;
    }
}
