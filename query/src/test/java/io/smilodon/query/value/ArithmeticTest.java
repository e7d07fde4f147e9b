package io.smilodon.query.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArithmeticTest {

    private static final NumberValue INT = new Int32Value(6);
    private static final NumberValue LONG = new Int64Value(6);
    private static final NumberValue DOUBLE = new DoubleValue(6);
    private static final NumberValue DECIMAL = Decimal128.parse("6");

    @Test
    void the_result_has_the_wider_type() {
        assertEquals(new Int32Value(12), Arithmetic.add(INT, INT));
        assertEquals(new Int64Value(12), Arithmetic.add(INT, LONG));
        assertEquals(new DoubleValue(12), Arithmetic.add(LONG, DOUBLE));
        assertEquals(Decimal128.parse("12"), Arithmetic.add(LONG, DECIMAL));
        assertEquals(Decimal128.parse("12.00000000000000"), Arithmetic.add(DOUBLE, DECIMAL));
        assertEquals(new Int64Value(36), Arithmetic.multiply(LONG, INT));
        assertEquals(new DoubleValue(0), Arithmetic.subtract(DOUBLE, INT));
    }

    @Test
    void an_int32_that_overflows_becomes_an_int64() {
        NumberValue max = new Int32Value(Integer.MAX_VALUE);
        NumberValue min = new Int32Value(Integer.MIN_VALUE);

        assertEquals(new Int64Value(2L * Integer.MAX_VALUE), Arithmetic.add(max, max));
        assertEquals(new Int64Value(1L << 62), Arithmetic.multiply(min, min));
        assertEquals(new Int64Value(-(1L << 32) + 1), Arithmetic.subtract(min, max));
    }

    @Test
    void an_int64_that_overflows_is_refused_or_becomes_a_double() {
        NumberValue max = new Int64Value(Long.MAX_VALUE);
        NumberValue min = new Int64Value(Long.MIN_VALUE);

        assertEquals(Optional.empty(), Arithmetic.addExact(max, new Int32Value(1)));
        assertEquals(Optional.empty(), Arithmetic.subtractExact(min, new Int32Value(1)));
        assertEquals(Optional.empty(), Arithmetic.multiplyExact(min, new Int32Value(-1)));
        assertEquals(new DoubleValue(0x1p63), Arithmetic.add(max, new Int32Value(1)));
        assertEquals(new DoubleValue(-0x1p63), Arithmetic.subtract(min, new Int32Value(1)));
        assertEquals(new DoubleValue(0x1p63), Arithmetic.multiply(min, new Int32Value(-1)));
    }

    @Test
    void exact_integers_agree_with_big_integers() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            long left = random.nextLong() >> random.nextInt(64);
            long right = random.nextLong() >> random.nextInt(64);
            NumberValue one = new Int64Value(left);
            NumberValue other = new Int64Value(right);
            BigInteger big = BigInteger.valueOf(left);
            BigInteger second = BigInteger.valueOf(right);
            String where = "seed " + seed + ": " + left + " and " + right;

            assertEquals(fitting(big.add(second)), Arithmetic.addExact(one, other), where);
            assertEquals(
                    fitting(big.subtract(second)), Arithmetic.subtractExact(one, other), where);
            assertEquals(
                    fitting(big.multiply(second)), Arithmetic.multiplyExact(one, other), where);
        }
    }

    private static Optional<NumberValue> fitting(BigInteger number) {
        return number.bitLength() < 64
                ? Optional.of(new Int64Value(number.longValue()))
                : Optional.empty();
    }

    @Test
    void decimals_follow_the_standard_for_special_numbers() {
        Decimal128 one = Decimal128.parse("1");
        Decimal128 zero = Decimal128.parse("0");
        Decimal128 infinite = Decimal128.POSITIVE_INFINITY;

        assertTrue(Decimals.subtract(infinite, infinite).isNaN());
        assertTrue(Decimals.multiply(infinite, zero).isNaN());
        assertTrue(Decimals.divide(zero, zero).isNaN());
        assertEquals(infinite, Decimals.divide(one, zero));
        assertEquals(Decimal128.parse("-0"), Decimals.multiply(zero, Decimal128.parse("-1")));
        assertEquals(
                infinite, Decimals.multiply(Decimal128.parse("9E6144"), Decimal128.parse("10")));
        assertEquals(Decimal128.NEGATIVE_INFINITY, Decimals.of(new DoubleValue(-1.0 / 0)));
        assertEquals(Decimal128.parse("2.50000000000000"), Decimals.of(new DoubleValue(2.5)));
        assertEquals(
                Decimal128.parse("0.3333333333333333333333333333333333"),
                Decimals.divide(one, Decimal128.parse("3")));
        assertEquals(
                Decimal128.parse("1E6000"),
                Decimals.add(Decimal128.parse("1E6000"), Decimal128.parse("0E6000")));
    }

    @Test
    void sums_are_exact_over_integers_and_compensated_over_doubles() {
        Summation integers = new Summation();
        integers.add(new Int64Value(Long.MAX_VALUE));
        integers.add(new Int64Value(Long.MAX_VALUE));
        integers.add(new Int64Value(-Long.MAX_VALUE));
        assertEquals(new Int64Value(Long.MAX_VALUE), integers.total());

        Summation doubles = new Summation();
        doubles.add(new DoubleValue(1e100));
        doubles.add(new DoubleValue(1));
        doubles.add(new DoubleValue(-1e100));
        assertEquals(new DoubleValue(1), doubles.total());
        doubles.add(new Int32Value(2));
        assertEquals(new DoubleValue(3), doubles.total());
        doubles.add(Decimal128.of(new BigDecimal("0.5")));
        assertEquals(
                Decimal128.parse("3.5").toBigDecimal().stripTrailingZeros(),
                ((Decimal128) doubles.total()).toBigDecimal().stripTrailingZeros());
    }

    @Test
    void the_sum_of_nothing_is_an_int32_zero_and_int32_grows_as_it_must() {
        Summation sum = new Summation();
        assertEquals(new Int32Value(0), sum.total());
        sum.add(new Int32Value(Integer.MAX_VALUE));
        sum.add(new Int32Value(1));
        assertEquals(new Int64Value(1L << 31), sum.total());
        sum.add(new DoubleValue(Double.POSITIVE_INFINITY));
        assertEquals(new DoubleValue(Double.POSITIVE_INFINITY), sum.total());
    }
}
