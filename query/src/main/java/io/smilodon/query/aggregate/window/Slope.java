package io.smilodon.query.aggregate.window;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Arithmetic;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Distances between rows, along the value that is sorted by: a number, or a date where there is a
 * unit of time.
 *
 * @param unitMillis the unit
 * @param notDate the code for another value where there is a unit
 * @param notNumber the code for another value where there is none
 */
record Slope(OptionalLong unitMillis, int notDate, int notNumber) {

    /** How far the second is behind the first; of dates, in milliseconds. */
    NumberValue distance(Value first, Value second) {
        return Arithmetic.subtract(position(second), position(first));
    }

    private NumberValue position(Value place) {
        if (unitMillis.isPresent()) {
            if (place instanceof DateValue date) {
                return new Int64Value(date.epochMillis());
            }
            throw error(notDate, "with 'unit' the sortBy field must be a Date", place);
        }
        if (place instanceof NumberValue number) {
            return number;
        }
        throw error(notNumber, "without 'unit' the sortBy field must be a number", place);
    }

    static SmilodonException error(int code, String text, Value actual) {
        return new SmilodonException(
                ErrorCode.location(code), text, Map.of("actual", actual.type().alias()));
    }
}
