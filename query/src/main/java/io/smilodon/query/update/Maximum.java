package io.smilodon.query.update;

import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;

/**
 * {@code {$max: {field: value}}}: the larger of both by the order over all types; the value if the
 * field is absent.
 */
record Maximum(Value value) implements FieldChange {

    @Override
    public Value apply(Value before, UpdateContext context) {
        boolean wins = before == Missing.INSTANCE || context.order().compare(value, before) > 0;
        return wins ? value : before;
    }
}
