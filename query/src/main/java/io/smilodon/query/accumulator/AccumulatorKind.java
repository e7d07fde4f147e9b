package io.smilodon.query.accumulator;

import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** How an accumulator begins: for a group, and for a window over rows. */
interface AccumulatorKind {

    /**
     * For a new group.
     *
     * @param initial what it starts from, {@code n} for example
     * @param order how values compare
     */
    Accumulator begin(Value initial, ValueOrder order);

    /**
     * For a window, which has no row yet.
     *
     * @param initial what it starts from
     * @param values what each row contributes
     * @param order how values compare
     */
    SlidingAccumulator slide(Value initial, List<Value> values, ValueOrder order);

    /** One that always starts the same. */
    static AccumulatorKind of(
            Supplier<Accumulator> group, Function<List<Value>, SlidingAccumulator> window) {
        return ordered(order -> group.get(), (values, order) -> window.apply(values));
    }

    /** One that always starts the same, and has no windows. */
    static AccumulatorKind ofGroups(Supplier<Accumulator> group) {
        return of(
                group,
                values -> {
                    throw new AssertionError("not a window function");
                });
    }

    /** One that starts the same wherever values compare the same. */
    static AccumulatorKind ordered(
            Function<ValueOrder, Accumulator> group,
            BiFunction<List<Value>, ValueOrder, SlidingAccumulator> window) {
        return new AccumulatorKind() {
            @Override
            public Accumulator begin(Value initial, ValueOrder order) {
                return group.apply(order);
            }

            @Override
            public SlidingAccumulator slide(Value initial, List<Value> values, ValueOrder order) {
                return window.apply(values, order);
            }
        };
    }
}
