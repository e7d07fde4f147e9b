package io.smilodon.query.accumulator;

import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Summation;

/** Sums of numbers, leaving out what is none. */
public final class SumMerging implements Merging<Summation> {

    @Override
    public Summation none() {
        return new Summation();
    }

    @Override
    public Summation of(Value value) {
        Summation sum = new Summation();
        if (value instanceof NumberValue number) {
            sum.add(number);
        }
        return sum;
    }

    @Override
    public Summation merge(Summation earlier, Summation later) {
        Summation both = new Summation();
        both.addAll(earlier);
        both.addAll(later);
        return both;
    }

    @Override
    public Value result(Summation all) {
        return all.total();
    }
}
