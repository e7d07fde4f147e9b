package io.smilodon.query.expression.type;

import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Decimals;
import io.smilodon.query.value.Numbers;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Values as numbers: numbers themselves, cut off after the point for integers; booleans as 0 and 1;
 * decimal text; and dates as milliseconds, for all but an int.
 */
final class NumberTargets {

    private static final int TEXT_CHARS_MAX = 1_000;
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern REAL =
            Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,9})?");

    /** A digit before the exponent that is not 0. */
    private static final Pattern NOT_ZERO = Pattern.compile("^[^eE]*[1-9]");

    private static final Map<String, Double> SPECIAL =
            Map.of(
                    "inf", Double.POSITIVE_INFINITY,
                    "infinity", Double.POSITIVE_INFINITY,
                    "nan", Double.NaN);

    private NumberTargets() {}

    static Optional<Value> toInt(Value value) {
        if (value instanceof DateValue) {
            return Optional.empty();
        }
        return toLong(value)
                .map(number -> ((Int64Value) number).value())
                .filter(number -> number == number.intValue())
                .map(number -> new Int32Value(number.intValue()));
    }

    static Optional<Value> toLong(Value value) {
        return switch (value) {
            case NumberValue number -> integral(number);
            case BooleanValue bool -> Optional.of(Value.of(bool.value() ? 1L : 0L));
            case DateValue date -> Optional.of(Value.of(date.epochMillis()));
            case StringValue text -> integer(text.value());
            default -> Optional.empty();
        };
    }

    static Optional<Value> toDouble(Value value) {
        return switch (value) {
            case NumberValue number -> nearest(number);
            case BooleanValue bool -> Optional.of(Value.of(bool.value() ? 1.0 : 0.0));
            case DateValue date -> Optional.of(Value.of((double) date.epochMillis()));
            case StringValue text -> real(text.value());
            default -> Optional.empty();
        };
    }

    /** As C reads doubles: with infinities and NaN, but without what is too large or too small. */
    private static Optional<Value> real(String text) {
        if (text.length() > TEXT_CHARS_MAX) {
            return Optional.empty();
        }
        String unsigned = text.replaceFirst("^[+-]", "").toLowerCase(Locale.ROOT);
        if (SPECIAL.containsKey(unsigned)) {
            double number = SPECIAL.get(unsigned);
            return Optional.of(new DoubleValue(text.startsWith("-") ? -number : number));
        }
        if (!REAL.matcher(text).matches()) {
            return Optional.empty();
        }
        double number = Double.parseDouble(text);
        boolean isLost =
                Double.isInfinite(number)
                        || Math.abs(number) < Double.MIN_NORMAL && NOT_ZERO.matcher(text).find();
        return isLost ? Optional.empty() : Optional.of(new DoubleValue(number));
    }

    static Optional<Value> toDecimal(Value value) {
        return switch (value) {
            case NumberValue number -> Optional.of(Decimals.of(number));
            case BooleanValue bool -> Optional.of(decimal(bool.value() ? 1 : 0));
            case DateValue date -> Optional.of(decimal(date.epochMillis()));
            case StringValue text -> decimal(text.value());
            default -> Optional.empty();
        };
    }

    private static Value decimal(long number) {
        return Decimal128.of(BigDecimal.valueOf(number));
    }

    private static Optional<Value> decimal(String text) {
        try {
            return text.length() <= TEXT_CHARS_MAX
                    ? Optional.of(Decimal128.parse(text))
                    : Optional.empty();
        } catch (NumberFormatException notNumber) {
            return Optional.empty();
        }
    }

    /** Empty for a decimal beyond the range of a double. */
    private static Optional<Value> nearest(NumberValue number) {
        double nearest = number.toDouble();
        boolean isLost = Double.isInfinite(nearest) && Numbers.isFinite(number);
        return isLost ? Optional.empty() : Optional.of(new DoubleValue(nearest));
    }

    private static Optional<Value> integral(NumberValue number) {
        double nearest = number.toDouble();
        boolean isSmall = number instanceof Int32Value || number instanceof Int64Value;
        boolean fits = isSmall || nearest >= -0x1p63 && nearest < 0x1p63;
        return fits ? Optional.of(Value.of(number.toLong())) : Optional.empty();
    }

    private static Optional<Value> integer(String text) {
        if (text.length() > TEXT_CHARS_MAX || !INTEGER.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Value.of(Long.parseLong(text)));
        } catch (NumberFormatException tooLarge) {
            return Optional.empty();
        }
    }
}
