package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.DecimalPowers;

/** {@code {$exp: <exponent>}}: e to that power. */
record Exponential(Expression operand) implements NumericFunction {

    private static final DecimalExtension DECIMAL =
            new DecimalExtension(Math::exp, DecimalPowers::exp);

    @Override
    public String name() {
        return "$exp";
    }

    @Override
    public NumberValue of(NumberValue number) {
        return number instanceof Decimal128 decimal
                ? DECIMAL.of(decimal)
                : new DoubleValue(Math.exp(number.toDouble()));
    }
}
