package io.smilodon.query.value;

import io.smilodon.engine.codec.StoredValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A running sum of numbers that does not depend on their order as a plain sum would: integers are
 * summed exactly, doubles with a compensation for what rounding loses. The type of the sum is the
 * widest of its terms; int32 grows to int64 and that to a double where it must. Source of the
 * compensated sum: Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher
 * Summen", 1974. Not thread-safe.
 */
public final class Summation {

    private NumericWidth width = NumericWidth.INT32;
    private long integers;
    private BigInteger carried = BigInteger.ZERO;
    private double doubles;
    private double lost;
    private Decimal128 decimals = new Decimal128(0x3040000000000000L, 0);

    public void add(NumberValue term) {
        widen(NumericWidth.of(term));
        switch (term) {
            case Int32Value integer -> addInteger(integer.value());
            case Int64Value integer -> addInteger(integer.value());
            case DoubleValue floating -> addDouble(floating.value());
            case Decimal128 decimal -> decimals = Decimals.add(decimals, decimal);
        }
    }

    /** Adds a value of a stored document; whether it is a number. */
    public boolean add(StoredValue stored) {
        return switch (stored.kind()) {
            case INT32 -> {
                addInteger(stored.integer());
                yield true;
            }
            case INT64 -> {
                widen(NumericWidth.INT64);
                addInteger(stored.integer());
                yield true;
            }
            case DOUBLE -> {
                widen(NumericWidth.DOUBLE);
                addDouble(stored.number());
                yield true;
            }
            case OTHER -> stored.view() instanceof NumberValue number && added(number);
            case ABSENT, THROUGH_ARRAY, STRING, DATE, CONTAINER -> false;
        };
    }

    private boolean added(NumberValue term) {
        add(term);
        return true;
    }

    private void widen(NumericWidth term) {
        if (term.compareTo(width) > 0) {
            width = term;
        }
    }

    /** Adds the terms of another sum. */
    public void addAll(Summation other) {
        if (other.width.compareTo(width) > 0) {
            width = other.width;
        }
        carried = carried.add(other.carried);
        addInteger(other.integers);
        addDouble(other.doubles);
        lost += other.lost;
        decimals = Decimals.add(decimals, other.decimals);
    }

    private void addInteger(long term) {
        long sum = integers + term;
        if (((integers ^ sum) & (term ^ sum)) < 0) {
            carried = carried.add(BigInteger.valueOf(integers)).add(BigInteger.valueOf(term));
            integers = 0;
        } else {
            integers = sum;
        }
    }

    private void addDouble(double term) {
        double sum = doubles + term;
        if (Double.isFinite(sum)) {
            boolean termIsSmaller = Math.abs(doubles) >= Math.abs(term);
            lost += termIsSmaller ? (doubles - sum) + term : (term - sum) + doubles;
        }
        doubles = sum;
    }

    /** The sum so far; an int32 zero without any term. */
    public NumberValue total() {
        BigInteger whole = carried.add(BigInteger.valueOf(integers));
        return switch (width) {
            case INT32 ->
                    whole.bitLength() < Integer.SIZE
                            ? new Int32Value(whole.intValue())
                            : Arithmetic.longOrDouble(whole);
            case INT64 -> Arithmetic.longOrDouble(whole);
            case DOUBLE -> new DoubleValue(doubleTotal(whole));
            case DECIMAL -> decimalTotal(whole);
        };
    }

    private double doubleTotal(BigInteger whole) {
        if (!Double.isFinite(doubles)) {
            return doubles;
        }
        if (whole.signum() == 0) {
            return doubles + lost;
        }
        BigDecimal exact = new BigDecimal(doubles).add(new BigDecimal(lost));
        return exact.add(new BigDecimal(whole)).doubleValue();
    }

    private Decimal128 decimalTotal(BigInteger whole) {
        Decimal128 sum = Decimals.add(decimals, Decimal128.of(new BigDecimal(whole)));
        if (doubles == 0 && lost == 0) {
            return sum;
        }
        Decimal128 rest = Double.isFinite(doubles) ? Decimals.exact(lost) : Decimals.exact(0);
        return Decimals.add(sum, Decimals.add(Decimals.exact(doubles), rest));
    }
}
