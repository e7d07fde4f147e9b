package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.expression.Expression;
import java.math.RoundingMode;

/** {@code {$ceil: <number>}}: the smallest integer not below it, of its own type. */
record Ceiling(Expression operand) implements NumericFunction {

    @Override
    public String name() {
        return "$ceil";
    }

    @Override
    public NumberValue of(NumberValue number) {
        return switch (number) {
            case Decimal128 decimal -> Rounding.toPlace(decimal, 0, RoundingMode.CEILING);
            case DoubleValue real -> new DoubleValue(Math.ceil(real.value()));
            default -> number;
        };
    }
}
