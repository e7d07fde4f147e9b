package io.smilodon.query.expression.arithmetic;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.value.Numbers;
import java.util.Map;

/** Moving dates by milliseconds. */
final class DateSteps {

    private DateSteps() {}

    /** The date so many milliseconds later, fractions rounded, halves away from zero. */
    static DateValue move(DateValue date, NumberValue millis) {
        long step = millis instanceof DoubleValue real ? rounded(real.value()) : millis.toLong();
        long moved = date.epochMillis() + step;
        boolean overflows = ((date.epochMillis() ^ moved) & (step ^ moved)) < 0;
        if (overflows || !Numbers.isFinite(millis)) {
            throw new SmilodonException(
                    ErrorCode.OVERFLOW, "date overflow", Map.of("milliseconds", millis));
        }
        return new DateValue(moved);
    }

    private static long rounded(double millis) {
        return millis < 0 ? -Math.round(-millis) : Math.round(millis);
    }
}
