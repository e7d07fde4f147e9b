package io.smilodon.query.value;

import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;

/**
 * The standard deviation of the numbers among the values added, in doubles. Source: Welford, "Note
 * on a method for calculating corrected sums of squares and products", 1962. Not thread-safe.
 */
public final class Deviation {

    private long count;
    private double mean;
    private double squares;

    /** Adds a value; what is no number does not count. */
    public void add(Value value) {
        if (value instanceof NumberValue number) {
            count++;
            double distance = number.toDouble() - mean;
            mean += distance / count;
            squares += distance * (number.toDouble() - mean);
        }
    }

    /**
     * Of the values of both. Source: Chan, Golub and LeVeque, "Updating formulae and a pairwise
     * algorithm for computing sample variances", 1979.
     */
    public static Deviation merged(Deviation one, Deviation other) {
        if (one.count == 0 || other.count == 0) {
            return one.count == 0 ? other : one;
        }
        Deviation both = new Deviation();
        double distance = other.mean - one.mean;
        both.count = one.count + other.count;
        double share = other.count / (double) both.count;
        both.mean = one.mean + distance * share;
        both.squares = one.squares + other.squares + distance * distance * one.count * share;
        return both;
    }

    /** Of a whole population, null without any number. */
    public Value ofPopulation() {
        return result(count);
    }

    /** Estimated from a sample, null for fewer than two numbers. */
    public Value ofSample() {
        return result(count - 1);
    }

    private Value result(long degrees) {
        return degrees <= 0 ? NullValue.INSTANCE : new DoubleValue(Math.sqrt(squares / degrees));
    }
}
