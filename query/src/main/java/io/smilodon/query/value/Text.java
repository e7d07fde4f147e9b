package io.smilodon.query.value;

import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.SymbolValue;
import io.smilodon.engine.value.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Values as text, as {@code $toString} gives them. */
public final class Text {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Doubles from here to below the maximum are written without an exponent. */
    private static final double PLAIN_MIN = 1e-4;

    private static final double PLAIN_MAX = 1e16;

    private Text() {}

    /**
     * The text of a string, a number, a boolean, a date or an object id; of others there is none.
     */
    public static Optional<String> of(Value value) {
        return switch (value) {
            case StringValue string -> Optional.of(string.value());
            case SymbolValue symbol -> Optional.of(symbol.value());
            case NumberValue number -> Optional.of(number(number));
            case BooleanValue bool -> Optional.of(Boolean.toString(bool.value()));
            case DateValue date -> Optional.of(date(date));
            case ObjectId id -> Optional.of(id.toHex());
            default -> Optional.empty();
        };
    }

    static String date(DateValue date) {
        return DATE.format(Instant.ofEpochMilli(date.epochMillis()));
    }

    private static String number(NumberValue number) {
        return switch (number) {
            case Int32Value integer -> Integer.toString(integer.value());
            case Int64Value integer -> Long.toString(integer.value());
            case DoubleValue real -> real(real.value());
            case Decimal128 decimal -> decimal.toString();
        };
    }

    private static String real(double number) {
        if (!Double.isFinite(number) || number == 0) {
            return 1 / number < 0 && number == 0 ? "-0" : trimmed(Double.toString(number));
        }
        boolean isPlain = Math.abs(number) < PLAIN_MAX && Math.abs(number) >= PLAIN_MIN;
        return isPlain
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : withExponent(Double.toString(number));
    }

    /** As MongoDB writes exponents: with a sign and at least two digits. */
    private static String withExponent(String number) {
        int end = number.indexOf('E');
        int exponent = Integer.parseInt(number.substring(end + 1));
        String sign = exponent < 0 ? "-" : "+";
        return trimmed(number.substring(0, end))
                + "e"
                + sign
                + "%02d".formatted(Math.abs(exponent));
    }

    private static String trimmed(String number) {
        return number.endsWith(".0") ? number.substring(0, number.length() - 2) : number;
    }
}
