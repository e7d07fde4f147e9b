package io.smilodon.query.expression.date;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** What has been read of a written date. Not thread-safe. */
final class DateFields {

    /** A part that may have been read. */
    enum Kind {
        YEAR,
        MONTH,
        DAY,
        DAY_OF_YEAR,
        ISO_YEAR,
        ISO_WEEK,
        ISO_DAY,
        HOUR,
        MINUTE,
        SECOND,
        NANO,
        /** Seconds that the clock is ahead of UTC. */
        OFFSET
    }

    private static final Set<Kind> CALENDAR =
            Set.of(Kind.YEAR, Kind.MONTH, Kind.DAY, Kind.DAY_OF_YEAR);
    private static final Set<Kind> WEEKS = Set.of(Kind.ISO_YEAR, Kind.ISO_WEEK, Kind.ISO_DAY);
    private static final int WEEKS_MAX = 53;
    private static final int WEEK_DAYS = 7;

    private final String text;
    private final Map<Kind, Integer> values = new EnumMap<>(Kind.class);

    DateFields(String text) {
        this.text = text;
    }

    void put(Kind kind, int value) {
        values.put(kind, value);
    }

    /**
     * The point in time, in milliseconds since 1970.
     *
     * @param zone whose clock is meant; the text must not name another
     */
    long toEpochMillis(ZoneRules zone) {
        boolean namesZone = values.containsKey(Kind.OFFSET);
        if (namesZone && !zone.equals(Instants.UTC)) {
            throw DateTextErrors.zoneTwice(text);
        }
        try {
            LocalDateTime local = day().atTime(time());
            ZoneOffset offset =
                    namesZone
                            ? ZoneOffset.ofTotalSeconds(values.get(Kind.OFFSET))
                            : zone.getOffset(local);
            return local.toInstant(offset).toEpochMilli();
        } catch (DateTimeException e) {
            throw DateTextErrors.malformed(text, "The parsed date was invalid");
        }
    }

    private LocalDate day() {
        if (values.keySet().stream().anyMatch(WEEKS::contains)) {
            return dayOfWeek();
        }
        if (values.containsKey(Kind.YEAR) && values.containsKey(Kind.DAY_OF_YEAR)) {
            return LocalDate.ofYearDay(values.get(Kind.YEAR), values.get(Kind.DAY_OF_YEAR));
        }
        if (!values.keySet().containsAll(Set.of(Kind.YEAR, Kind.MONTH, Kind.DAY))) {
            throw DateTextErrors.incomplete(text);
        }
        return LocalDate.of(values.get(Kind.YEAR), values.get(Kind.MONTH), values.get(Kind.DAY));
    }

    private LocalDate dayOfWeek() {
        if (values.keySet().stream().anyMatch(CALENDAR::contains)) {
            throw DateTextErrors.malformed(
                    text, "Mixing of ISO dates with natural dates is not allowed");
        }
        int week = values.getOrDefault(Kind.ISO_WEEK, 1);
        int day = values.getOrDefault(Kind.ISO_DAY, 1);
        boolean isValid = week >= 1 && week <= WEEKS_MAX && day >= 1 && day <= WEEK_DAYS;
        if (!values.containsKey(Kind.ISO_YEAR) || !isValid) {
            throw DateTextErrors.malformed(text, "The parsed date was invalid");
        }
        return DatePiece.firstMonday(values.get(Kind.ISO_YEAR))
                .plus(week - 1L, ChronoUnit.WEEKS)
                .plusDays(day - 1L);
    }

    private LocalTime time() {
        return LocalTime.of(
                values.getOrDefault(Kind.HOUR, 0),
                values.getOrDefault(Kind.MINUTE, 0),
                values.getOrDefault(Kind.SECOND, 0),
                values.getOrDefault(Kind.NANO, 0));
    }
}
