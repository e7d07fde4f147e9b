package io.smilodon.query.value;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;

/**
 * A sum of numbers that are added one after the other, each step rounded, as {@code $add} has it;
 * {@link Summation} is more exact. The type is the widest of the terms; an int32 sum is an int64
 * only where it does not fit, and an int64 sum that does not fit goes on as a double. Not
 * thread-safe.
 */
public final class PlainSum {

    private NumberValue total = new Int32Value(0);
    private boolean hasLong;

    public void add(NumberValue term) {
        hasLong |= term instanceof Int64Value;
        total =
                term instanceof Decimal128 decimal && total instanceof DoubleValue real
                        ? Decimals.add(Decimals.exact(real.value()), decimal)
                        : Arithmetic.add(total, term);
    }

    /** The sum so far; an int32 zero without any term. */
    public NumberValue total() {
        return hasLong ? total : Arithmetic.narrowed(total);
    }
}
