package io.smilodon.engine.value;

/** What a path yields where a document has no such field; never stored. */
public enum Missing implements Value {
    INSTANCE;

    @Override
    public ValueType type() {
        return ValueType.MISSING;
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}
