package io.smilodon.query.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** A unit of time that dates are moved by, in UTC. */
public enum CalendarUnit {
    MILLISECOND(1),
    SECOND(1_000),
    MINUTE(60_000),
    HOUR(3_600_000),
    DAY(86_400_000),
    WEEK(7 * 86_400_000),
    MONTH(1),
    QUARTER(3),
    YEAR(12);

    /** Milliseconds, or months from the month on. */
    private final long size;

    CalendarUnit(long size) {
        this.size = size;
    }

    /** The unit of that name, such as {@code day}. */
    public static Optional<CalendarUnit> find(String name) {
        for (CalendarUnit unit : values()) {
            if (unit.name().toLowerCase(Locale.ROOT).equals(name)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    /** How many milliseconds it has, if that is always the same. */
    public OptionalLong millis() {
        return isOfMonths() ? OptionalLong.empty() : OptionalLong.of(size);
    }

    private boolean isOfMonths() {
        return compareTo(WEEK) > 0;
    }

    /**
     * So many units after an instant; the day of the month is the last one where there is no such
     * day. What lies beyond all dates is the first or the last date.
     */
    public long add(long epochMillis, long amount) {
        try {
            long change = Math.multiplyExact(size, amount);
            return isOfMonths()
                    ? Instant.ofEpochMilli(epochMillis)
                            .atOffset(ZoneOffset.UTC)
                            .plusMonths(change)
                            .toInstant()
                            .toEpochMilli()
                    : Math.addExact(epochMillis, change);
        } catch (ArithmeticException | DateTimeException beyond) {
            return amount < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
