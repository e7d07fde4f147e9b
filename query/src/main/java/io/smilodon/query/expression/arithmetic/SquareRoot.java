package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Numbers;
import java.math.MathContext;

/** {@code {$sqrt: <number>}}: its square root; negative numbers are refused. */
record SquareRoot(Expression operand) implements NumericFunction {

    @Override
    public String name() {
        return "$sqrt";
    }

    @Override
    public NumberValue of(NumberValue number) {
        if (Numbers.isNegative(number)) {
            throw NumericErrors.outOfDomain(
                    28714, "$sqrt's argument must be greater than or equal to 0", number);
        }
        return number instanceof Decimal128 decimal
                ? decimalRoot(decimal)
                : new DoubleValue(Math.sqrt(number.toDouble()));
    }

    private static NumberValue decimalRoot(Decimal128 decimal) {
        return decimal.isFinite()
                ? Decimal128.of(decimal.toBigDecimal().sqrt(MathContext.DECIMAL128))
                : decimal;
    }
}
