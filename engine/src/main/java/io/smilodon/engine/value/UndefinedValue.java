package io.smilodon.engine.value;

/** The undefined value of old BSON. */
public enum UndefinedValue implements Value {
    INSTANCE;

    @Override
    public ValueType type() {
        return ValueType.UNDEFINED;
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}
