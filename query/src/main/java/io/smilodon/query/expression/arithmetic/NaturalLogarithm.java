package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.DecimalPowers;
import io.smilodon.query.value.Numbers;

/** {@code {$ln: <positive number>}}: its natural logarithm. */
record NaturalLogarithm(Expression operand) implements NumericFunction {

    private static final DecimalExtension DECIMAL =
            new DecimalExtension(Math::log, DecimalPowers::ln);

    @Override
    public String name() {
        return "$ln";
    }

    @Override
    public NumberValue of(NumberValue number) {
        if (Numbers.isNegative(number) || Numbers.isZero(number)) {
            throw NumericErrors.outOfDomain(
                    28766, "$ln's argument must be a positive number", number);
        }
        return number instanceof Decimal128 decimal
                ? DECIMAL.of(decimal)
                : new DoubleValue(Math.log(number.toDouble()));
    }
}
