package io.smilodon.query.expression.type;

import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;

/** Values as dates and object ids. */
final class OtherTargets {

    private static final long SECOND_MILLIS = 1_000;
    private static final DateTimeFormatter ISO =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .optionalStart()
                    .appendPattern("['T'][' ']HH:mm[:ss]")
                    .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
                    .appendPattern("[XXX][XX][X]")
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    private OtherTargets() {}

    /** Numbers are milliseconds, but an int has no room for them and is refused. */
    static Optional<Value> toDate(Value value) {
        return switch (value) {
            case DateValue date -> Optional.of(date);
            case Int32Value tooSmall -> Optional.empty();
            case NumberValue number ->
                    NumberTargets.toLong(number).map(millis -> new DateValue(number.toLong()));
            case ObjectId id -> Optional.of(ofSeconds(id.seconds()));
            case TimestampValue timestamp -> Optional.of(ofSeconds(timestamp.seconds()));
            case StringValue text -> parse(text.value());
            default -> Optional.empty();
        };
    }

    private static Value ofSeconds(int unsigned) {
        return new DateValue(Integer.toUnsignedLong(unsigned) * SECOND_MILLIS);
    }

    /** ISO 8601: a day, or a day and a time; in UTC without an offset. */
    private static Optional<Value> parse(String text) {
        try {
            TemporalAccessor parts = ISO.parse(text);
            LocalTime time =
                    Optional.ofNullable(parts.query(TemporalQueries.localTime()))
                            .orElse(LocalTime.MIDNIGHT);
            ZoneOffset offset =
                    Optional.ofNullable(parts.query(TemporalQueries.offset()))
                            .orElse(ZoneOffset.UTC);
            Instant instant = LocalDate.from(parts).atTime(time).toInstant(offset);
            return Optional.of(new DateValue(instant.toEpochMilli()));
        } catch (DateTimeException | ArithmeticException notDate) {
            return Optional.empty();
        }
    }

    static Optional<Value> toObjectId(Value value) {
        return switch (value) {
            case ObjectId id -> Optional.of(id);
            case StringValue text ->
                    ObjectId.isHex(text.value())
                            ? Optional.of(ObjectId.ofHex(text.value()))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }
}
