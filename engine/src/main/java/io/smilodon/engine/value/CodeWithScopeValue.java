package io.smilodon.engine.value;

/** JavaScript with its variables, of old BSON: stored and ordered, never executed. */
public record CodeWithScopeValue(String code, Document scope) implements Value {

    @Override
    public ValueType type() {
        return ValueType.CODE_WITH_SCOPE;
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}
