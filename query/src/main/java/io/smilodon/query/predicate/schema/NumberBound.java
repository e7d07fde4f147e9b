package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.value.Numbers;

/**
 * {@code minimum} and {@code maximum}, with {@code exclusiveMinimum} and {@code exclusiveMaximum}.
 * Not a number is within no bound but its own.
 *
 * @param isMaximum whether numbers must be below the bound
 * @param isExclusive whether the bound itself is refused
 * @param written both keywords as they were written
 */
record NumberBound(NumberValue bound, boolean isMaximum, boolean isExclusive, Document written)
        implements SchemaRule {

    @Override
    public boolean accepts(Value value) {
        return !(value instanceof NumberValue number) || isWithin(number);
    }

    private boolean isWithin(NumberValue number) {
        int order = ValueOrder.ASCENDING.compare(number, bound);
        if (order == 0) {
            return !isExclusive;
        }
        boolean isComparable = !Numbers.isNaN(number) && !Numbers.isNaN(bound);
        return isComparable && (isMaximum ? order < 0 : order > 0);
    }

    @Override
    public Document failure(Value value) {
        return Failure.specifiedAs(isMaximum ? "maximum" : "minimum", written)
                .put("reason", "comparison failed")
                .put("consideredValue", value)
                .build();
    }
}
