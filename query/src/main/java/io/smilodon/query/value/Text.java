package io.smilodon.query.value;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.CodeValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Decimal128;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.SymbolValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Values as text, as {@code $toString} gives them. */
public final class Text {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** As C's {@code ctime} has it: the day takes two places. */
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private static final int YEAR_MAX = 9_999;

    /** Doubles from here to below the maximum are written without an exponent. */
    private static final double PLAIN_MIN = 1e-4;

    private static final double PLAIN_MAX = 1e16;

    private Text() {}

    /**
     * The text of a string, a number, a boolean, a date or an object id; of others there is none.
     *
     * @throws SmilodonException 18537 for a date whose year does not have four digits
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

    private static String date(DateValue date) {
        OffsetDateTime time = Instant.ofEpochMilli(date.epochMillis()).atOffset(ZoneOffset.UTC);
        requireYear(time.getYear());
        return DATE.format(time);
    }

    /**
     * The text that operators of strings take for a value: of a string, a number and a date its
     * text, of code the code, of a timestamp its time in UTC without the year, and its increment;
     * of others there is none.
     *
     * @throws SmilodonException 18537 for a date whose year does not have four digits
     */
    public static Optional<String> coerced(Value value) {
        return switch (value) {
            case BooleanValue bool -> Optional.empty();
            case ObjectId id -> Optional.empty();
            case CodeValue code -> Optional.of(code.code());
            case TimestampValue timestamp -> Optional.of(timestamp(timestamp));
            default -> of(value);
        };
    }

    private static String timestamp(TimestampValue timestamp) {
        Instant instant = Instant.ofEpochSecond(Integer.toUnsignedLong(timestamp.seconds()));
        return CLOCK.format(instant) + ":" + Integer.toUnsignedString(timestamp.increment());
    }

    /**
     * @throws SmilodonException 18537 for a year that does not have four digits
     */
    public static void requireYear(int year) {
        if (year < 0 || year > YEAR_MAX) {
            throw new SmilodonException(
                    ErrorCode.location(18537),
                    "$dateToString is only defined on year 0-9999",
                    Map.of("year", year));
        }
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
