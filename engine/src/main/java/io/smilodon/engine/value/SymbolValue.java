package io.smilodon.engine.value;

/** A symbol of old BSON: stored, and ordered as a string. */
public record SymbolValue(String value) implements Value {

    @Override
    public ValueType type() {
        return ValueType.SYMBOL;
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}
