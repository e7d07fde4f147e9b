package io.smilodon.query.accumulator;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.Comparator;
import java.util.function.UnaryOperator;

/**
 * Which values of many are the best: the first or the last of an order. Immutable.
 *
 * @param order the order; of those that tie, the earlier one comes first
 * @param isFromEnd whether the last ones are wanted; they stay in the order
 * @param output what of a value is the result
 */
record Ranking(Comparator<Value> order, boolean isFromEnd, UnaryOperator<Value> output) {

    /** The smallest values first. */
    static Ranking smallest(ValueOrder order) {
        return new Ranking(order, false, UnaryOperator.identity());
    }

    /** The largest values first. */
    static Ranking largest(ValueOrder order) {
        return new Ranking(order.reversed(), false, UnaryOperator.identity());
    }
}
