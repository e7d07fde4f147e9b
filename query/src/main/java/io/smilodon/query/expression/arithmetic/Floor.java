package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.expression.Expression;
import java.math.RoundingMode;

/** {@code {$floor: <number>}}: the largest integer not above it, of its own type. */
record Floor(Expression operand) implements NumericFunction {

    @Override
    public String name() {
        return "$floor";
    }

    @Override
    public NumberValue of(NumberValue number) {
        return switch (number) {
            case Decimal128 decimal -> Rounding.toPlace(decimal, 0, RoundingMode.FLOOR);
            case DoubleValue real -> new DoubleValue(Math.floor(real.value()));
            default -> number;
        };
    }
}
