package io.smilodon.engine.value;

/** Text. */
public record StringValue(String value) implements Value {

    @Override
    public ValueType type() {
        return ValueType.STRING;
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}
