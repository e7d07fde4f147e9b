package io.smilodon.engine.value;

/** A number of any of the four numeric types; they compare by value. */
public sealed interface NumberValue extends Value
        permits Int32Value, Int64Value, DoubleValue, Decimal128 {

    /** The nearest double. */
    double toDouble();

    /** Whether the number is finite and has no fraction. */
    boolean isIntegral();

    /** The number without its fraction, clamped to the range of a long; NaN becomes 0. */
    long toLong();
}
