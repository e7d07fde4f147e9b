package io.smilodon.database.action;

import io.smilodon.database.AsOf;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * The field <code>asOf</code> of a request: the sequence of a commit, which is also the version of
 * what it wrote; or an instant, as a date or as text of ISO 8601 with its offset from UTC.
 */
public final class PointInTime {

    private PointInTime() {}

    static AsOf of(Body body, String field) {
        Value value = body.value(field);
        return switch (value) {
            case DateValue date -> AsOf.instant(Instant.ofEpochMilli(date.epochMillis()));
            case StringValue text -> ofText(text.value(), body.location().child(field));
            default -> AsOf.sequence(body.number(field));
        };
    }

    /**
     * A point that is given as text.
     *
     * @param place where it stands, for the error
     */
    public static AsOf ofText(String text, Location place) {
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return ofDigits(text, place);
        }
        try {
            return AsOf.instant(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException malformed) {
            throw malformed(text, place);
        }
    }

    private static AsOf ofDigits(String text, Location place) {
        try {
            return AsOf.sequence(Long.parseLong(text));
        } catch (NumberFormatException tooLarge) {
            throw malformed(text, place);
        }
    }

    private static SmilodonException malformed(String text, Location place) {
        return new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        "A point in time is the sequence of a commit or an instant",
                        Map.of("actual", text))
                .at(place)
                .withHint("such as 1234 or 2026-11-21T05:30:00Z");
    }
}
