package io.smilodon.query.update;

import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;

/** {@code {$unset: {field: ""}}}: the field goes away; an element of an array becomes null. */
record Unset() implements FieldChange {

    @Override
    public Value apply(Value before, UpdateContext context) {
        return Missing.INSTANCE;
    }

    @Override
    public boolean createsPath() {
        return false;
    }

    @Override
    public boolean needsViablePath() {
        return false;
    }
}
