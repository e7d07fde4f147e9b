package io.smilodon.query.update;

import io.smilodon.engine.value.Value;

/** {@code {$set: {field: value}}}: the field gets the value. */
record SetValue(Value value) implements FieldChange {

    @Override
    public Value apply(Value before, UpdateContext context) {
        return value;
    }
}
