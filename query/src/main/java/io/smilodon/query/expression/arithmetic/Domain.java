package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.value.Numbers;
import java.util.Map;

/**
 * The numbers that a function takes, besides NaN.
 *
 * @param includesBounds whether the least and the greatest are among them
 */
record Domain(double least, double most, boolean includesBounds) {

    static final Domain ALL = closed(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    static final Domain FINITE =
            new Domain(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false);

    /** The numbers from one to another, both included. */
    static Domain closed(double least, double most) {
        return new Domain(least, most, true);
    }

    /** Refuses a number that is outside: 50989. */
    void require(NumberValue number, String operator) {
        int nearest = includesBounds ? 0 : 1;
        boolean isInside = compare(number, least) >= nearest && compare(number, most) <= -nearest;
        if (!isInside && !Numbers.isNaN(number)) {
            throw new SmilodonException(
                    ErrorCode.location(50989),
                    "cannot apply the operator to this value, it is outside of its domain",
                    Map.of("operator", operator, "actual", number, "domain", this));
        }
    }

    private static int compare(NumberValue number, double bound) {
        return ValueOrder.ASCENDING.compare(number, new DoubleValue(bound));
    }

    @Override
    public String toString() {
        return includesBounds ? "[" + least + ", " + most + "]" : "(" + least + ", " + most + ")";
    }
}
