package io.smilodon.query.accumulator;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import java.util.Map;

/** The inputs of accumulators that take nothing but arrays. */
final class ArrayInputs {

    private ArrayInputs() {}

    /** The elements of an array; none of a missing value. */
    static Iterable<Value> elements(String accumulator, Value value) {
        return value == Missing.INSTANCE ? ArrayValue.EMPTY : require(accumulator, value);
    }

    static ArrayValue require(String accumulator, Value value) {
        if (value instanceof ArrayValue array) {
            return array;
        }
        throw new SmilodonException(
                ErrorCode.TYPE_MISMATCH,
                "The accumulator requires array inputs",
                Map.of("accumulator", accumulator, "actual", value.type().alias()));
    }
}
