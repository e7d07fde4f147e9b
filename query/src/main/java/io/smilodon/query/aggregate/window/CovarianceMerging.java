package io.smilodon.query.aggregate.window;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.accumulator.Merging;

/**
 * {@code $covariancePop} and {@code $covarianceSamp}: how two numbers vary together, as a double;
 * what is no pair of numbers is left out. Source: Schubert and Gertz, "Numerically stable parallel
 * computation of (co-)variance", 2018.
 *
 * @param degreesLost 0 for a whole population, 1 for a sample of it
 */
record CovarianceMerging(int degreesLost) implements Merging<CovarianceMerging.Pairs> {

    private static final Pairs NONE = new Pairs(0, 0, 0, 0);

    /**
     * About some pairs.
     *
     * @param products the sum of the products of the distances from the means
     */
    record Pairs(long count, double meanX, double meanY, double products) {}

    @Override
    public Pairs none() {
        return NONE;
    }

    @Override
    public Pairs of(Value value) {
        return value instanceof ArrayValue pair
                        && pair.size() == 2
                        && pair.get(0) instanceof NumberValue x
                        && pair.get(1) instanceof NumberValue y
                ? new Pairs(1, x.toDouble(), y.toDouble(), 0)
                : NONE;
    }

    @Override
    public Pairs merge(Pairs earlier, Pairs later) {
        if (earlier.count == 0 || later.count == 0) {
            return earlier.count == 0 ? later : earlier;
        }
        long count = earlier.count + later.count;
        double share = later.count / (double) count;
        double x = later.meanX - earlier.meanX;
        double y = later.meanY - earlier.meanY;
        return new Pairs(
                count,
                earlier.meanX + x * share,
                earlier.meanY + y * share,
                earlier.products + later.products + x * y * earlier.count * share);
    }

    @Override
    public Value result(Pairs all) {
        return all.count <= degreesLost
                ? NullValue.INSTANCE
                : new DoubleValue(all.products / (all.count - degreesLost));
    }
}
