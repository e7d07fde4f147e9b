package io.smilodon.engine.value;

/** An IEEE 754 double. {@code equals} follows {@link Double#equals}: -0.0 is not 0.0. */
public record DoubleValue(double value) implements NumberValue {

    @Override
    public ValueType type() {
        return ValueType.DOUBLE;
    }

    @Override
    public double toDouble() {
        return value;
    }

    @Override
    public boolean isIntegral() {
        return Math.rint(value) == value && !Double.isInfinite(value);
    }

    @Override
    public long toLong() {
        return (long) value;
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}
