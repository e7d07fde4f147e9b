package io.smilodon.engine.value;

/** A 32-bit integer. */
public record Int32Value(int value) implements NumberValue {

    @Override
    public ValueType type() {
        return ValueType.INT32;
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
