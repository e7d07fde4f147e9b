package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Arithmetic;
import java.util.Map;

/** {@code {$mul: {field: factor}}}: multiplies; an absent field becomes a zero of its type. */
record Multiply(NumberValue factor) implements FieldChange {

    static Multiply parse(UpdateArgument argument) {
        if (argument.value() instanceof NumberValue factor) {
            return new Multiply(factor);
        }
        throw argument.error(ErrorCode.TYPE_MISMATCH, "Cannot multiply with non-numeric argument");
    }

    @Override
    public Value apply(Value before, UpdateContext context) {
        return switch (before) {
            case Missing absent -> Arithmetic.multiply(factor, new Int32Value(0));
            case NumberValue number ->
                    Arithmetic.multiplyExact(number, factor).orElseThrow(() -> overflow(number));
            default ->
                    throw new SmilodonException(
                            ErrorCode.TYPE_MISMATCH,
                            "Cannot apply $mul to a value of non-numeric type",
                            Map.of("actual", before.type().alias()));
        };
    }

    private SmilodonException overflow(NumberValue number) {
        return new SmilodonException(
                ErrorCode.BAD_VALUE,
                "Failed to apply $mul operations to current value",
                Map.of("value", number.toLong(), "factor", factor.toLong()));
    }
}
