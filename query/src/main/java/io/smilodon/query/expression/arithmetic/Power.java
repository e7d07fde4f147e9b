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
import io.smilodon.query.value.DecimalPowers;
import io.smilodon.query.value.Decimals;
import io.smilodon.query.value.Division;
import io.smilodon.query.value.Numbers;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * {@code {$pow: [<base>, <exponent>]}}: the power; an integer where both are and it fits, else a
 * double, or a decimal if one of the two is.
 */
record Power(Expression left, Expression right) implements NumericPair {

    /** Exponents up to here are carried out as repeated products, in 34 digits. */
    private static final long EXACT_MAX = 100;

    private static final BigDecimal TWO = BigDecimal.valueOf(2);

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
        if (!isUnit && (times < 0 || times > Long.SIZE)) {
            return doublePower(base, exponent);
        }
        // Of 1 and -1 it matters only whether the exponent is odd, of 0 whether it is 0.
        long reduced = isUnit && times != 0 ? 2 - Math.abs(times % 2) : times;
        BigInteger power = BigInteger.valueOf(base.toLong()).pow((int) reduced);
        if (power.bitLength() >= Long.SIZE) {
            return doublePower(base, exponent);
        }
        boolean isLong = base instanceof Int64Value || exponent instanceof Int64Value;
        return isLong
                ? new Int64Value(power.longValue())
                : NumberValue.intOrLong(power.longValue());
    }

    private static NumberValue decimalPower(Decimal128 base, NumberValue exponent) {
        if (!base.isFinite() || !Numbers.isFinite(exponent) || base.isZero()) {
            return Decimals.of(doublePower(base, exponent));
        }
        if (!exponent.isIntegral() || Math.abs(exponent.toDouble()) > EXACT_MAX) {
            return realPower(base, Decimals.of(exponent));
        }
        NumberValue power = Decimals.of(new Int64Value(1));
        for (long times = Math.abs(exponent.toLong()); times > 0; times--) {
            power = Arithmetic.multiply(power, base);
        }
        return exponent.toLong() < 0 ? Division.divide(new Int64Value(1), power) : power;
    }

    /** A negative base has powers with integral exponents only. */
    private static Decimal128 realPower(Decimal128 base, Decimal128 exponent) {
        if (base.isNegative() && !exponent.isIntegral()) {
            return Decimal128.NAN;
        }
        BigDecimal size = base.toBigDecimal().abs();
        Decimal128 power = Decimals.rounded(DecimalPowers.power(size, exponent.toBigDecimal()));
        boolean isOdd = exponent.toBigDecimal().remainder(TWO).signum() != 0;
        return base.isNegative() && isOdd ? Decimals.negate(power) : power;
    }

    @Override
    public SmilodonException notNumeric(Value base, Value exponent) {
        boolean isFirst = !(base instanceof NumberValue);
        return NumericErrors.notNumeric(
                ErrorCode.location(isFirst ? 28762 : 28763), "$pow", isFirst ? base : exponent);
    }
}
