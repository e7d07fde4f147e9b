package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.expression.Expression;

/** {@code {$bitNot: <int or long>}}: every bit the other way, in its own type. */
record BitComplement(Expression operand) implements NumericFunction {

    @Override
    public String name() {
        return "$bitNot";
    }

    @Override
    public NumberValue of(NumberValue number) {
        return switch (number) {
            case Int32Value integer -> new Int32Value(~integer.value());
            case Int64Value integer -> new Int64Value(~integer.value());
            default -> throw NumericErrors.notIntegral(name(), number);
        };
    }
}
