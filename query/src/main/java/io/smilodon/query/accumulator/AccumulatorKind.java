package io.smilodon.query.accumulator;

import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** How an accumulator begins: for a group, and for a window over rows. */
interface AccumulatorKind {

    /**
     * For a new group.
     *
     * @param initial what it starts from, {@code n} for example
     */
    Accumulator begin(Value initial);

    /**
     * For a window, which has no row yet.
     *
     * @param initial what it starts from
     * @param values what each row contributes
     */
    SlidingAccumulator slide(Value initial, List<Value> values);

    /** One that always starts the same. */
    static AccumulatorKind of(
            Supplier<Accumulator> group, Function<List<Value>, SlidingAccumulator> window) {
        return new AccumulatorKind() {
            @Override
            public Accumulator begin(Value initial) {
                return group.get();
            }

            @Override
            public SlidingAccumulator slide(Value initial, List<Value> values) {
                return window.apply(values);
            }
        };
    }
}
