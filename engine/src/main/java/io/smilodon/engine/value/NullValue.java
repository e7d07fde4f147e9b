package io.smilodon.engine.value;

/** The null value. */
public enum NullValue implements Value {
    INSTANCE;

    @Override
    public ValueType type() {
        return ValueType.NULL;
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}
