package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.TypeRank;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.Interval;
import java.util.List;

/**
 * {@code {field: {$mod: [divisor, remainder]}}}: numbers that, without their fraction, leave the
 * remainder. The remainder has the sign of the dividend. Numbers beyond 64 bits never pass.
 *
 * @param divisor not 0
 */
public record Modulo(long divisor, long remainder) implements ValueTest {

    private static final double LONG_END = 0x1p63;

    @Override
    public boolean test(Value value) {
        return value instanceof NumberValue number
                && isWithinLong(number)
                && number.toLong() % divisor == remainder;
    }

    /** False for NaN and the infinities too. */
    static boolean isWithinLong(NumberValue number) {
        if (number instanceof Int64Value) {
            return true;
        }
        double nearest = number.toDouble();
        return nearest >= -LONG_END && nearest < LONG_END;
    }

    @Override
    public List<Interval> intervals() {
        return List.of(Interval.ofRank(TypeRank.NUMBER));
    }

    @Override
    public Document toDocument() {
        return Document.of("$mod", ArrayValue.of(Value.of(divisor), Value.of(remainder)));
    }
}
