package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.DecimalPowers;
import io.smilodon.query.value.Numbers;

/** {@code {$log10: <positive number>}}: its decimal logarithm. */
record Logarithm10(Expression operand) implements NumericFunction {

    private static final DecimalExtension DECIMAL =
            new DecimalExtension(Math::log10, DecimalPowers::log10);

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
        return number instanceof Decimal128 decimal
                ? DECIMAL.of(decimal)
                : new DoubleValue(Math.log10(number.toDouble()));
    }
}
