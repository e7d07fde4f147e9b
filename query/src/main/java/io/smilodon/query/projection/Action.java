package io.smilodon.query.projection;

import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import java.util.function.UnaryOperator;

/** What a projection does with one field. */
sealed interface Action {

    /** The field stays as it is. */
    record Keep() implements Action {}

    /** The field goes. */
    record Drop() implements Action {}

    /**
     * The field stays with what becomes of its value; missing drops it.
     *
     * @param selects whether naming the field so makes the projection an inclusion
     */
    record Transform(UnaryOperator<Value> transformation, boolean selects) implements Action {}

    /** The field is set to the value of an expression; missing drops it. */
    record Compute(Expression expression) implements Action {}

    /** The projection goes on inside the field. */
    record Inside(ProjectionNode node) implements Action {}
}
