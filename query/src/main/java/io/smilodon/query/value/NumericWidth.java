package io.smilodon.query.value;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;

/** The numeric types from narrow to wide: what an operation on two of them results in. */
enum NumericWidth {
    INT32,
    INT64,
    DOUBLE,
    DECIMAL;

    static NumericWidth of(NumberValue number) {
        return switch (number) {
            case Int32Value same -> INT32;
            case Int64Value same -> INT64;
            case DoubleValue same -> DOUBLE;
            case Decimal128 same -> DECIMAL;
        };
    }
}
