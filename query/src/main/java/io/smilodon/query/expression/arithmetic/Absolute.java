package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Numbers;

/** {@code {$abs: <number>}}: its magnitude. */
record Absolute(Expression operand) implements NumericFunction {

    @Override
    public String name() {
        return "$abs";
    }

    @Override
    public NumberValue of(NumberValue number) {
        if (number.equals(new Int64Value(Long.MIN_VALUE))) {
            throw NumericErrors.outOfDomain(28680, "can't take $abs of long long min", number);
        }
        return isSigned(number) ? Numbers.negated(number) : number;
    }

    private static boolean isSigned(NumberValue number) {
        return Numbers.isNegative(number)
                || number instanceof DoubleValue real && 1 / real.value() < 0;
    }
}
