package io.smilodon.engine.value;

/** A 64-bit integer. */
public record Int64Value(long value) implements NumberValue {

    @Override
    public ValueType type() {
        return ValueType.INT64;
    }

    @Override
    public double toDouble() {
        return value;
    }

    @Override
    public boolean isIntegral() {
        return true;
    }

    @Override
    public long toLong() {
        return value;
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}
