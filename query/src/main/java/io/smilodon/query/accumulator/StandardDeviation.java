package io.smilodon.query.accumulator;

import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Deviation;
import java.util.function.Function;

/**
 * {@code $stdDevPop} and {@code $stdDevSamp}: the standard deviation of the numbers, as a double;
 * null for too few of them.
 */
final class StandardDeviation implements Accumulator {

    private final Deviation deviation = new Deviation();
    private final Function<Deviation, Value> kind;

    /**
     * @param kind of the population or of a sample
     */
    StandardDeviation(Function<Deviation, Value> kind) {
        this.kind = kind;
    }

    @Override
    public void add(Value value) {
        deviation.add(value);
    }

    @Override
    public Value result() {
        return kind.apply(deviation);
    }
}
