package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.value.Arithmetic;
import io.smilodon.query.value.Decimals;
import io.smilodon.query.value.Division;
import io.smilodon.query.value.Numbers;
import java.math.BigInteger;

/**
 * {@code {$pow: [<base>, <exponent>]}}: the power; an integer where both are and it fits, else a
 * double. A decimal with another exponent than a small integer has the precision of a double.
 */
record Power(Expression left, Expression right) implements NumericPair {

    /** Exponents up to here are carried out as repeated products, in 34 digits. */
    private static final long EXACT_MAX = 100;

    @Override
    public NumberValue of(NumberValue base, NumberValue exponent) {
        if (Numbers.isZero(base) && Numbers.isNegative(exponent)) {
            throw NumericErrors.outOfDomain(
                    28764, "$pow cannot take a base of 0 and a negative exponent", exponent);
        }
        if (base instanceof Decimal128 || exponent instanceof Decimal128) {
            return decimalPower(Decimals.of(base), exponent);
        }
        boolean isDouble = base instanceof DoubleValue || exponent instanceof DoubleValue;
        return isDouble ? doublePower(base, exponent) : integralPower(base, exponent);
    }

    private static NumberValue doublePower(NumberValue base, NumberValue exponent) {
        return new DoubleValue(Math.pow(base.toDouble(), exponent.toDouble()));
    }

    private static NumberValue integralPower(NumberValue base, NumberValue exponent) {
        long times = exponent.toLong();
        boolean isUnit = Math.abs(base.toLong()) <= 1;
        if (times < 0 || times > Long.SIZE && !isUnit) {
            return doublePower(base, exponent);
        }
        long reduced = isUnit ? Math.min(times, 2 + times % 2) : times;
        BigInteger power = BigInteger.valueOf(base.toLong()).pow((int) reduced);
        if (power.bitLength() >= Long.SIZE) {
            return doublePower(base, exponent);
        }
        boolean isLong = base instanceof Int64Value || exponent instanceof Int64Value;
        return isLong ? new Int64Value(power.longValue()) : Arithmetic.intOrLong(power.longValue());
    }

    private static NumberValue decimalPower(Decimal128 base, NumberValue exponent) {
        boolean isSmall = exponent.isIntegral() && Math.abs(exponent.toLong()) <= EXACT_MAX;
        if (!isSmall || !base.isFinite()) {
            return Decimals.of(doublePower(base, exponent));
        }
        NumberValue power = Decimals.of(new Int64Value(1));
        for (long times = Math.abs(exponent.toLong()); times > 0; times--) {
            power = Arithmetic.multiply(power, base);
        }
        return exponent.toLong() < 0 ? Division.divide(new Int64Value(1), power) : power;
    }

    @Override
    public SmilodonException notNumeric(Value base, Value exponent) {
        boolean isFirst = !(base instanceof NumberValue);
        return NumericErrors.notNumeric(
                ErrorCode.location(isFirst ? 28762 : 28763), "$pow", isFirst ? base : exponent);
    }
}
