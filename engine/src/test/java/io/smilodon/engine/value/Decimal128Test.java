package io.smilodon.engine.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class Decimal128Test {

    private static final int EXPONENT_MIN = -6176;
    private static final int EXPONENT_MAX = 6111;

    /** Bits worked out by hand from IEEE 754: sign, 14 bits of exponent + 6176, 113 of digits. */
    @ParameterizedTest
    @CsvSource({
        "1, 3040000000000000, 0000000000000001, 1",
        "-1, b040000000000000, 0000000000000001, -1",
        "0, 3040000000000000, 0000000000000000, 0",
        "-0, b040000000000000, 0000000000000000, -0",
        "0.1, 303e000000000000, 0000000000000001, 0.1",
        "1.00, 303c000000000000, 0000000000000064, 1.00",
        "-0E+3, b046000000000000, 0000000000000000, -0E+3",
        "1E+3, 3046000000000000, 0000000000000001, 1E+3",
        "0.000001234, 302e000000000000, 00000000000004d2, 0.000001234",
        "0.0000001, 3032000000000000, 0000000000000001, 1E-7",
        "1E-6176, 0000000000000000, 0000000000000001, 1E-6176",
        "18446744073709551616, 3040000000000001, 0000000000000000, 18446744073709551616",
        "9.999999999999999999999999999999999E+6144, 5fffed09bead87c0, 378d8e63ffffffff,"
                + "9.999999999999999999999999999999999E+6144",
        "1E+6144, 5ffe314dc6448d93, 38c15b0a00000000, 1.000000000000000000000000000000000E+6144",
        "0E+9000, 5ffe000000000000, 0000000000000000, 0E+6111",
        "0E-9000, 0000000000000000, 0000000000000000, 0E-6176",
        "Infinity, 7800000000000000, 0000000000000000, Infinity",
        "-inf, f800000000000000, 0000000000000000, -Infinity",
        "nan, 7c00000000000000, 0000000000000000, NaN",
        "12345678901234567890123456789012345, 3042"
                + "3cde6fff9732, de825cd07e96aff2,"
                + "1.234567890123456789012345678901234E+34",
        "6E-6177, 0000000000000000, 0000000000000001, 1E-6176",
        "5E-6177, 0000000000000000, 0000000000000000, 0E-6176",
        "1E-999999999, 0000000000000000, 0000000000000000, 0E-6176",
    })
    void text_has_its_bits_and_comes_back(String text, String high, String low, String printed) {
        Decimal128 number = Decimal128.parse(text);
        assertEquals(high, String.format("%016x", number.high()));
        assertEquals(low, String.format("%016x", number.low()));
        assertEquals(printed, number.toString());
        assertEquals(number, Decimal128.parse(printed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " 1",
                "1 ",
                "abc",
                "1e",
                "--1",
                "0x1",
                "1E+6145",
                "1E999999999",
                "\u0661"
            })
    void other_text_is_refused(String text) {
        assertThrows(NumberFormatException.class, () -> Decimal128.parse(text));
    }

    @Test
    void an_absurd_exponent_costs_no_time() {
        BigDecimal huge = new BigDecimal(BigInteger.ONE, -Integer.MAX_VALUE);
        BigDecimal tiny = new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE);
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> {
                    assertThrows(ArithmeticException.class, () -> Decimal128.of(huge));
                    assertTrue(Decimal128.of(tiny).isZero());
                    assertEquals(0, Decimal128.parse("1E-6176").toLong());
                    assertEquals(Long.MAX_VALUE, Decimal128.parse("1E+6144").toLong());
                });
    }

    @RepeatedTest(50)
    void every_representable_number_comes_back_exactly() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            BigInteger digits = new BigInteger(random.nextInt(113), random);
            int exponent = EXPONENT_MIN + random.nextInt(EXPONENT_MAX - EXPONENT_MIN + 1);
            BigDecimal number =
                    new BigDecimal(digits, -exponent).round(new MathContext(34)).negate();
            if (-number.scale() > EXPONENT_MAX) {
                continue;
            }
            Decimal128 decimal = Decimal128.of(number);
            assertEquals(number, decimal.toBigDecimal(), () -> "seed " + seed);
            assertEquals(decimal, Decimal128.parse(decimal.toString()), () -> "seed " + seed);
            assertEquals(number.doubleValue(), decimal.toDouble(), () -> "seed " + seed);
        }
    }

    @Test
    void the_kinds_of_numbers_are_told_apart() {
        assertTrue(Decimal128.NAN.isNaN());
        assertFalse(Decimal128.NAN.isIntegral());
        assertTrue(Double.isNaN(Decimal128.NAN.toDouble()));
        assertEquals(0, Decimal128.NAN.toLong());
        assertTrue(Decimal128.NEGATIVE_INFINITY.isInfinite());
        assertEquals(Double.NEGATIVE_INFINITY, Decimal128.NEGATIVE_INFINITY.toDouble());
        assertEquals(Long.MIN_VALUE, Decimal128.NEGATIVE_INFINITY.toLong());
        assertTrue(Decimal128.parse("1.00").isIntegral());
        assertTrue(Decimal128.parse("1E+3").isIntegral());
        assertFalse(Decimal128.parse("1.5").isIntegral());
        assertEquals(-1, Decimal128.parse("-1.5").toLong());
        assertEquals((1L << 53) + 1, Decimal128.parse("9007199254740993").toLong());
        assertThrows(ArithmeticException.class, Decimal128.NAN::toBigDecimal);
    }

    @Test
    void a_significand_of_more_than_34_digits_reads_as_zero() {
        Decimal128 tooLong = new Decimal128(0x6000000000000000L, 1);
        assertTrue(tooLong.isZero());
        assertTrue(ValueOrder.equal(tooLong, Value.of(0)));
    }
}
