package io.smilodon.query.expression.date;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Operands of the date operators: points in time, and the zones to read them in. */
final class Instants {

    static final ZoneRules UTC = ZoneOffset.UTC.getRules();

    private static final ErrorCode UNKNOWN_ZONE = ErrorCode.location(40485);
    private static final Pattern OFFSET = Pattern.compile("([+-]\\d{2})(?::?(\\d{2}))?");

    /** Names of the tz database that Java does not have. */
    private static final Map<String, ZoneRules> OTHER_ZONES =
            Map.of(
                    "EST", ZoneOffset.ofHours(-5).getRules(),
                    "GMT+0", UTC,
                    "GMT-0", UTC,
                    "HST", ZoneOffset.ofHours(-10).getRules(),
                    "MST", ZoneOffset.ofHours(-7).getRules(),
                    "ROC", ZoneRulesProvider.getRules("Asia/Taipei", false),
                    "Z", UTC);

    /** Names that Java has besides those of the tz database. */
    private static final String FOREIGN_ZONES = "SystemV/";

    private Instants() {}

    /** What the calendar and the clock of the zone say at a date, a timestamp or an id. */
    static OffsetDateTime read(Value value, ZoneRules zone) {
        Instant instant = instant(value, 16006);
        return instant.atOffset(zone.getOffset(instant));
    }

    /**
     * The point in time of a date, a timestamp or an id.
     *
     * @param notDate the number of the error for others
     */
    static Instant instant(Value value, int notDate) {
        return switch (value) {
            case DateValue date -> Instant.ofEpochMilli(date.epochMillis());
            case TimestampValue timestamp -> ofSeconds(timestamp.seconds());
            case ObjectId id -> ofSeconds(id.seconds());
            default ->
                    throw new SmilodonException(
                            ErrorCode.location(notDate),
                            "can't convert this type to Date",
                            Map.of("actual", value.type().alias()));
        };
    }

    private static Instant ofSeconds(int unsigned) {
        return Instant.ofEpochSecond(Integer.toUnsignedLong(unsigned));
    }

    /**
     * The rules of a zone: a name of the tz database, or an offset such as {@code +02:00}; none for
     * null and missing.
     *
     * @param notString the code if it is no text
     */
    static Optional<ZoneRules> zone(Value value, int notString) {
        if (value.isNullish()) {
            return Optional.empty();
        }
        if (!(value instanceof StringValue name)) {
            throw new SmilodonException(
                    ErrorCode.location(notString),
                    "timezone must evaluate to a string",
                    Map.of("actual", value.type().alias()));
        }
        return Optional.of(zone(name.value()));
    }

    private static ZoneRules zone(String name) {
        try {
            Matcher offset = OFFSET.matcher(name);
            if (offset.matches()) {
                return offset(offset.group(1), Optional.ofNullable(offset.group(2)));
            }
            if (OTHER_ZONES.containsKey(name)) {
                return OTHER_ZONES.get(name);
            }
            if (name.startsWith(FOREIGN_ZONES)) {
                throw new DateTimeException(name);
            }
            // Not ZoneId.of: it takes short forms that are no names of zones.
            return ZoneRulesProvider.getRules(name, false);
        } catch (DateTimeException unknown) {
            throw new SmilodonException(
                            UNKNOWN_ZONE,
                            "unrecognized time zone identifier",
                            Map.of("timezone", name))
                    .withHint("use a name such as Europe/Berlin, or an offset such as +02:00");
        }
    }

    private static ZoneRules offset(String hours, Optional<String> minutes) {
        int sign = hours.startsWith("-") ? -1 : 1;
        int more = sign * minutes.map(Integer::parseInt).orElse(0);
        return ZoneOffset.ofTotalSeconds((Integer.parseInt(hours) * 60 + more) * 60).getRules();
    }
}
