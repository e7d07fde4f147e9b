package io.smilodon.query.value;

import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;

/**
 * Which values count as true where an expression needs a yes or no: all but false, zero, null,
 * undefined and missing. Empty strings, arrays and documents are true, and so is NaN.
 */
public final class Truth {

    private Truth() {}

    public static boolean of(Value value) {
        return switch (value) {
            case BooleanValue bool -> bool.value();
            case NumberValue number -> !Numbers.isZero(number);
            case NullValue none -> false;
            case UndefinedValue none -> false;
            case Missing none -> false;
            default -> true;
        };
    }
}
