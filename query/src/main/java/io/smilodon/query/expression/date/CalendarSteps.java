package io.smilodon.query.expression.date;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;

/**
 * Moves dates, counts what is between them, and cuts them off, by units. Dates are milliseconds
 * since 1970. Whatever leaves their range is an {@link ArithmeticException}.
 */
public final class CalendarSteps {

    private static final long MONTHS_A_YEAR = 12;

    /** Where bins are counted from, by the clock of the zone. */
    private static final LocalDate REFERENCE = LocalDate.of(2000, 1, 1);

    private CalendarSteps() {}

    /**
     * The date so many units later. Months keep the day, or take the last one of a shorter month;
     * days keep the time of the zone's clock. A time that the clock skips is taken as much later;
     * of two equal ones, that with the offset of the start, or else the earlier.
     */
    public static long add(long millis, DateUnit unit, long amount, ZoneRules zone) {
        long steps = Math.multiplyExact(amount, unit.count());
        if (unit.base() == ChronoUnit.MILLIS) {
            return Math.addExact(millis, steps);
        }
        OffsetDateTime start = local(millis, zone);
        try {
            LocalDateTime moved = start.toLocalDateTime().plus(steps, unit.base());
            return instant(moved, zone, start.getOffset()).toEpochMilli();
        } catch (DateTimeException e) {
            throw outOfRange(e);
        }
    }

    private static ArithmeticException outOfRange(DateTimeException cause) {
        ArithmeticException overflow = new ArithmeticException("date overflow");
        overflow.initCause(cause);
        return overflow;
    }

    /** Two dates. */
    record Span(long from, long to) {}

    /**
     * How many boundaries of the unit lie between two dates, negative backwards: years, months and
     * days by the calendar of the zone, hours and minutes by its clock but without its jumps.
     */
    static long between(Span span, DateUnit unit, ZoneRules zone, DayOfWeek weekStart) {
        OffsetDateTime start = local(span.from, zone);
        OffsetDateTime end = local(span.to, zone);
        return switch (unit) {
            case MILLISECOND -> Math.subtractExact(span.to, span.from);
            case SECOND -> end.toEpochSecond() - start.toEpochSecond();
            case HOUR, MINUTE -> clockUnits(start, end, unit.count() / 1_000);
            default -> index(end, unit, weekStart) - index(start, unit, weekStart);
        };
    }

    private static long clockUnits(OffsetDateTime start, OffsetDateTime end, long seconds) {
        long jump = end.getOffset().getTotalSeconds() - start.getOffset().getTotalSeconds();
        return Math.floorDiv(clockSeconds(end), seconds)
                - Math.floorDiv(clockSeconds(start), seconds)
                - jump / seconds;
    }

    private static long clockSeconds(OffsetDateTime time) {
        return time.toEpochSecond() + time.getOffset().getTotalSeconds();
    }

    private static long index(OffsetDateTime time, DateUnit unit, DayOfWeek weekStart) {
        return switch (unit.base()) {
            case MONTHS -> Math.floorDiv(time.getLong(ChronoField.PROLEPTIC_MONTH), unit.count());
            default ->
                    Math.floorDiv(
                            time.toLocalDate().toEpochDay() - WeekStart.referenceDay(weekStart),
                            unit.count());
        };
    }

    /** The start of the bin that holds the date; bins of so many units follow on 2000-01-01. */
    static long truncate(long millis, Bin bin, ZoneRules zone) {
        try {
            return startOfBin(millis, bin, zone);
        } catch (DateTimeException e) {
            throw outOfRange(e);
        }
    }

    private static long startOfBin(long millis, Bin bin, ZoneRules zone) {
        long size = Math.multiplyExact(bin.size, bin.unit.count());
        return switch (bin.unit.base()) {
            case MONTHS -> {
                long month = local(millis, zone).getLong(ChronoField.PROLEPTIC_MONTH);
                yield startOfDay(firstDay(floor(month, referenceMonth(), size)), zone);
            }
            case DAYS -> {
                long day = local(millis, zone).toLocalDate().toEpochDay();
                long first = floor(day, bin.referenceDay(), size);
                yield startOfDay(LocalDate.ofEpochDay(first), zone);
            }
            default -> floor(millis, startOfDay(REFERENCE, zone), size);
        };
    }

    /**
     * How dates are gathered.
     *
     * @param size in units, more than none
     * @param weekStart matters for weeks only
     */
    record Bin(DateUnit unit, long size, DayOfWeek weekStart) {

        private long referenceDay() {
            return unit == DateUnit.WEEK
                    ? WeekStart.referenceDay(weekStart)
                    : REFERENCE.toEpochDay();
        }
    }

    private static long floor(long value, long reference, long size) {
        return Math.subtractExact(value, Math.floorMod(Math.subtractExact(value, reference), size));
    }

    private static long referenceMonth() {
        return REFERENCE.getLong(ChronoField.PROLEPTIC_MONTH);
    }

    private static LocalDate firstDay(long month) {
        int year = Math.toIntExact(Math.floorDiv(month, MONTHS_A_YEAR));
        return LocalDate.of(year, (int) Math.floorMod(month, MONTHS_A_YEAR) + 1, 1);
    }

    private static long startOfDay(LocalDate day, ZoneRules zone) {
        LocalDateTime midnight = day.atStartOfDay();
        return midnight.toInstant(zone.getOffset(midnight)).toEpochMilli();
    }

    private static OffsetDateTime local(long millis, ZoneRules zone) {
        Instant instant = Instant.ofEpochMilli(millis);
        return instant.atOffset(zone.getOffset(instant));
    }

    private static Instant instant(LocalDateTime local, ZoneRules zone, ZoneOffset preferred) {
        boolean holds = zone.isValidOffset(local, preferred);
        return local.toInstant(holds ? preferred : zone.getOffset(local));
    }
}
