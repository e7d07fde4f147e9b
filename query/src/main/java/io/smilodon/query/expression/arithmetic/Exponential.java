package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Decimals;

/** {@code {$exp: <exponent>}}: e to that power. A decimal has the precision of a double. */
record Exponential(Expression operand) implements NumericFunction {

    @Override
    public String name() {
        return "$exp";
    }

    @Override
    public NumberValue of(NumberValue number) {
        NumberValue power = new DoubleValue(Math.exp(number.toDouble()));
        return number instanceof Decimal128 ? Decimals.of(power) : power;
    }
}
