package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Arithmetic;
import java.util.Map;

/** {@code {$inc: {field: amount}}}: adds; an absent field becomes the amount. */
record Increment(NumberValue amount) implements FieldChange {

    static Increment parse(UpdateArgument argument) {
        if (argument.value() instanceof NumberValue amount) {
            return new Increment(amount);
        }
        throw argument.error(ErrorCode.TYPE_MISMATCH, "Cannot increment with non-numeric argument");
    }

    @Override
    public Value apply(Value before, UpdateContext context) {
        return switch (before) {
            case Missing absent -> amount;
            case NumberValue number ->
                    Arithmetic.addExact(number, amount).orElseThrow(() -> overflow(number));
            default ->
                    throw new SmilodonException(
                            ErrorCode.TYPE_MISMATCH,
                            "Cannot apply $inc to a value of non-numeric type",
                            Map.of("actual", before.type().alias()));
        };
    }

    private SmilodonException overflow(NumberValue number) {
        return new SmilodonException(
                ErrorCode.BAD_VALUE,
                "Failed to apply $inc operations to current value",
                Map.of("value", number.toLong(), "amount", amount.toLong()));
    }
}
