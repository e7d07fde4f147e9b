package io.smilodon.query.projection;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.expression.Expression;
import java.util.function.UnaryOperator;

/** What a projection does with one field. */
sealed interface Action {

    /** The field stays as it is. */
    record Keep() implements Action {}

    /** The field stays; of the array on its path only the element that the filter found. */
    record KeepMatched() implements Action {}

    /** The field goes. */
    record Drop() implements Action {}

    /**
     * The field stays with what becomes of its value; missing drops it.
     *
     * @param selects whether a projection that says no more than this is an inclusion
     */
    record Transform(UnaryOperator<Value> transformation, boolean selects) implements Action {

        /** The same where values compare in this order. */
        Transform under(ValueOrder order) {
            return transformation instanceof FirstMatch match
                    ? new Transform(match.under(order), selects)
                    : this;
        }
    }

    /**
     * The field is set to the value of an expression; missing drops it.
     *
     * @param form how it is written
     */
    record Compute(Expression expression, Form form) implements Action {}

    /** How the expression of a field is written. */
    enum Form {
        VALUE,
        OPERATOR,
        /** As {@code $meta} in a find: it goes with inclusions and exclusions alike. */
        METADATA
    }

    /** The projection goes on inside the field. */
    record Inside(ProjectionNode node) implements Action {}
}
