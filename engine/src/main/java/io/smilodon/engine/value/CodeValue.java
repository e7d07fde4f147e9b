package io.smilodon.engine.value;

/** JavaScript of old BSON: stored and ordered, never executed. */
public record CodeValue(String code) implements Value {

    @Override
    public ValueType type() {
        return ValueType.CODE;
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}
