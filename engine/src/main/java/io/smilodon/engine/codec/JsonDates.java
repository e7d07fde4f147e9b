package io.smilodon.engine.codec;

import io.smilodon.engine.value.DateValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Optional;

/** Dates as ISO-8601 text. */
final class JsonDates {

    private static final DateTimeFormatter READER =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
                    .appendPattern("[XXX][XX][X]")
                    .toFormatter(Locale.ROOT);
    private static final long YEAR_10000_MILLIS =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli() + 1;

    private JsonDates() {}

    /** The date, to the millisecond; empty if the text is none. */
    static Optional<DateValue> parse(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text, READER);
            return Optional.of(new DateValue(time.toInstant().toEpochMilli()));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Whether relaxed Extended JSON writes the date as text. */
    static boolean isReadable(DateValue date) {
        return date.epochMillis() >= 0 && date.epochMillis() < YEAR_10000_MILLIS;
    }

    /** Milliseconds are written only where they are not zero. */
    static String format(DateValue date) {
        Instant instant = Instant.ofEpochMilli(date.epochMillis());
        return DateTimeFormatter.ISO_INSTANT.format(instant.atOffset(ZoneOffset.UTC));
    }
}
