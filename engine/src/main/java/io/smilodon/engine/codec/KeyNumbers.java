package io.smilodon.engine.codec;

import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import java.math.BigDecimal;

/** Which number a key denotes by itself; see {@link TypeBitsWriter}. */
final class KeyNumbers {

    private static final double TWO_TO_63 = 0x1p63;
    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    private KeyNumbers() {}

    static NumberValue denoted(double number) {
        boolean integral = number >= -TWO_TO_63 && number < TWO_TO_63 && number == (long) number;
        return integral ? denoted((long) number) : new DoubleValue(number);
    }

    private static NumberValue denoted(long number) {
        return number == (int) number ? new Int32Value((int) number) : new Int64Value(number);
    }

    static NumberValue denoted(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        boolean inLong = number.compareTo(LONG_MIN) >= 0 && number.compareTo(LONG_MAX) <= 0;
        if (inLong && stripped.scale() <= 0) {
            return denoted(number.longValue());
        }
        double nearest = number.doubleValue();
        boolean isDouble =
                Double.isFinite(nearest) && new BigDecimal(nearest).compareTo(number) == 0;
        return isDouble ? new DoubleValue(nearest) : Decimal128.of(stripped);
    }

    /** The largest double that is not above the number, which is positive. */
    static double floor(BigDecimal magnitude) {
        double nearest = Math.min(magnitude.doubleValue(), Double.MAX_VALUE);
        return new BigDecimal(nearest).compareTo(magnitude) > 0 ? Math.nextDown(nearest) : nearest;
    }
}
