package io.smilodon.engine.value;

/** A number of any of the four numeric types; they compare by value. */
public sealed interface NumberValue extends Value
        permits Int32Value, Int64Value, DoubleValue, Decimal128 {

    /** A whole number as an int32 if it fits, else as an int64: as MongoDB sends counts. */
    static NumberValue intOrLong(long number) {
        return number == (int) number ? new Int32Value((int) number) : new Int64Value(number);
    }

    /** The nearest double. */
    double toDouble();

    /** Whether the number is finite and has no fraction. */
    boolean isIntegral();

    /** The number without its fraction, clamped to the range of a long; NaN becomes 0. */
    long toLong();
}
