package io.smilodon.engine.value;

/** The value below every other. */
public enum MinKey implements Value {
    INSTANCE;

    @Override
    public ValueType type() {
        return ValueType.MIN_KEY;
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}
