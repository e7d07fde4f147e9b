package io.smilodon.query.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Seeds;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Functions of decimals against those of doubles, and against each other in all their digits. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DecimalFunctionsTest {

    private static final MathContext DIGITS = new MathContext(40);
    private static final BigDecimal ERROR_MAX = new BigDecimal("1e-38");

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);

    private void assertLikeDoubles(
            double x, DoubleUnaryOperator doubles, UnaryOperator<BigDecimal> decimals) {
        double expected = doubles.applyAsDouble(x);
        double actual = decimals.apply(new BigDecimal(x)).doubleValue();
        assertEquals(expected, actual, 1e-13 * Math.abs(expected), () -> "seed " + seed + ": " + x);
    }

    private void assertSame(BigDecimal expected, BigDecimal actual) {
        BigDecimal error = expected.subtract(actual, DIGITS).abs();
        BigDecimal allowed = ERROR_MAX.multiply(expected.abs().max(BigDecimal.ONE));
        assertTrue(
                error.compareTo(allowed) <= 0,
                () -> "seed " + seed + ": " + expected + " against " + actual);
    }

    @RepeatedTest(20)
    void they_agree_with_those_of_doubles() {
        double any = random.nextGaussian() * 20;
        double part = random.nextDouble() * 1.98 - 0.99;
        assertLikeDoubles(any, Math::sin, DecimalAngles::sin);
        assertLikeDoubles(any, Math::cos, DecimalAngles::cos);
        assertLikeDoubles(any, Math::tan, DecimalAngles::tan);
        assertLikeDoubles(any, Math::atan, DecimalAngles::atan);
        assertLikeDoubles(part, Math::asin, DecimalAngles::asin);
        assertLikeDoubles(part, Math::acos, DecimalAngles::acos);
        assertLikeDoubles(any, Math::sinh, DecimalHyperbolas::sinh);
        assertLikeDoubles(any, Math::cosh, DecimalHyperbolas::cosh);
        assertLikeDoubles(any, Math::tanh, DecimalHyperbolas::tanh);
        assertLikeDoubles(any, Math::exp, DecimalPowers::exp);
        assertLikeDoubles(Math.abs(any), Math::log, DecimalPowers::ln);
        assertLikeDoubles(Math.abs(any), Math::log10, DecimalPowers::log10);
    }

    @RepeatedTest(20)
    void inverses_undo_each_other_in_all_digits() {
        BigDecimal angle = new BigDecimal(random.nextDouble() * 3 - 1.5);
        assertSame(angle, DecimalAngles.atan(DecimalAngles.tan(angle)));
        assertSame(angle, DecimalAngles.asin(DecimalAngles.sin(angle)));
        assertSame(angle.abs(), DecimalAngles.acos(DecimalAngles.cos(angle)));
        assertSame(angle, DecimalAngles.toDegrees(DecimalAngles.toRadians(angle)));
        assertSame(angle, DecimalHyperbolas.asinh(DecimalHyperbolas.sinh(angle)));
        assertSame(angle, DecimalHyperbolas.atanh(DecimalHyperbolas.tanh(angle)));
        assertSame(angle.abs(), DecimalHyperbolas.acosh(DecimalHyperbolas.cosh(angle)));
        assertSame(angle, DecimalPowers.ln(DecimalPowers.exp(angle)));
    }

    @Test
    void the_largest_angles_are_reduced_exactly() {
        BigDecimal angle = new BigDecimal("9.999999999999999999999999999999999e6144");
        BigDecimal sine = DecimalAngles.sin(angle);
        BigDecimal cosine = DecimalAngles.cos(angle);
        assertSame(BigDecimal.ONE, sine.multiply(sine).add(cosine.multiply(cosine)));
        assertLikeDoubles(1e22, Math::sin, DecimalAngles::sin);
        assertLikeDoubles(1e300, Math::cos, DecimalAngles::cos);
        for (int exponent : new int[] {1, 22, 50, 300, 6_000}) {
            BigDecimal whole = BigDecimal.TEN.pow(exponent).multiply(BigDecimal.valueOf(7));
            BigDecimal short7 = new BigDecimal("7e" + exponent);
            assertSame(DecimalAngles.sin(whole), DecimalAngles.sin(short7));
            assertSame(DecimalAngles.cos(whole), DecimalAngles.cos(short7));
        }
    }

    @Test
    void the_smallest_numbers_do_not_vanish() {
        BigDecimal tiny = new BigDecimal("1e-6000");
        assertEquals(0, tiny.compareTo(DecimalAngles.sin(tiny)));
        assertEquals(0, tiny.compareTo(DecimalAngles.atan(tiny)));
        assertEquals(0, tiny.compareTo(DecimalHyperbolas.sinh(tiny).round(DIGITS)));
        assertEquals(0, tiny.compareTo(DecimalHyperbolas.asinh(tiny)));
        assertEquals(0, BigDecimal.ONE.compareTo(DecimalAngles.cos(tiny).round(DIGITS)));
    }
}
