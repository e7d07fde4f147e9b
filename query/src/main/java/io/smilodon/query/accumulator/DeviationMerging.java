package io.smilodon.query.accumulator;

import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Deviation;
import java.util.function.Function;

/**
 * Standard deviations of numbers, leaving out what is none.
 *
 * @param kind of the population or of a sample
 */
record DeviationMerging(Function<Deviation, Value> kind) implements Merging<Deviation> {

    @Override
    public Deviation none() {
        return new Deviation();
    }

    @Override
    public Deviation of(Value value) {
        Deviation one = new Deviation();
        one.add(value);
        return one;
    }

    @Override
    public Deviation merge(Deviation earlier, Deviation later) {
        return Deviation.merged(earlier, later);
    }

    @Override
    public Value result(Deviation all) {
        return kind.apply(all);
    }
}
