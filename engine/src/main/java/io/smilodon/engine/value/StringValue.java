package io.smilodon.engine.value;

/** Text. */
public record StringValue(String value) implements Value {

    @Override
    public ValueType type() {
        return ValueType.STRING;
    }
}
