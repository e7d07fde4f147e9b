package io.smilodon.engine.value;

/** The value above every other. */
public enum MaxKey implements Value {
    INSTANCE;

    @Override
    public ValueType type() {
        return ValueType.MAX_KEY;
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}
