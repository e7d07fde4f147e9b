package io.smilodon.engine.value;

/** A reference of old BSON: stored and ordered, never followed. */
public record DbPointerValue(String namespace, ObjectId id) implements Value {

    @Override
    public ValueType type() {
        return ValueType.DB_POINTER;
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}
