package io.smilodon.query.accumulator;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.ExpressionScope;
import java.util.Set;

/** A row of {@link Accumulators}: reads the operand of an accumulator. */
interface AccumulatorFactory {

    Accumulation parse(Operand operand);

    /**
     * What follows an accumulator's name.
     *
     * @param name the accumulator, with its dollar sign
     * @param value as written
     * @param location where it stands in the request
     * @param variables the variables that its expression may use
     */
    record Operand(String name, Value value, Location location, Set<String> variables) {

        /** Where the parts of the operand are parsed. */
        ExpressionScope scope() {
            return new ExpressionScope(location, name, variables, 0);
        }
    }
}
