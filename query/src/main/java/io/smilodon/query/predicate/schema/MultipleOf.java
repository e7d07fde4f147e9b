package io.smilodon.query.predicate.schema;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Decimals;
import io.smilodon.query.value.Division;
import io.smilodon.query.value.Numbers;

/**
 * {@code multipleOf}: numbers that the divisor divides. Doubles count by their 15 leading digits,
 * so that 0.3 is a multiple of 0.1.
 *
 * @param divisor above zero
 */
record MultipleOf(NumberValue divisor) implements SchemaRule {

    @Override
    public boolean accepts(Value value) {
        return !(value instanceof NumberValue number)
                || Numbers.isZero(Division.remainder(Decimals.of(number), Decimals.of(divisor)));
    }

    @Override
    public Document failure(Value value) {
        return Failure.of("multipleOf", divisor)
                .put("reason", "considered value is not a multiple of the specified value")
                .put("consideredValue", value)
                .build();
    }
}
