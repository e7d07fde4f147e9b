package io.smilodon.query.expression.date;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;

/** The parts a date can be put together of, with the numbers that each may be. */
enum DatePiece {
    YEAR("year", 1, 9_999, 1),
    MONTH("month", Short.MIN_VALUE, Short.MAX_VALUE, 1),
    DAY("day", Short.MIN_VALUE, Short.MAX_VALUE, 1),
    ISO_WEEK_YEAR("isoWeekYear", 1, 9_999, 1),
    ISO_WEEK("isoWeek", Short.MIN_VALUE, Short.MAX_VALUE, 1),
    ISO_DAY_OF_WEEK("isoDayOfWeek", Short.MIN_VALUE, Short.MAX_VALUE, 1),
    HOUR("hour", Short.MIN_VALUE, Short.MAX_VALUE, 0),
    MINUTE("minute", Short.MIN_VALUE, Short.MAX_VALUE, 0),
    SECOND("second", Long.MIN_VALUE, Long.MAX_VALUE, 0),
    MILLISECOND("millisecond", Long.MIN_VALUE, Long.MAX_VALUE, 0);

    /** The parts that name a day by its month. */
    static final List<DatePiece> CALENDAR = List.of(YEAR, MONTH, DAY);

    /** The parts that name a day by its week. */
    static final List<DatePiece> WEEKS = List.of(ISO_WEEK_YEAR, ISO_WEEK, ISO_DAY_OF_WEEK);

    private static final int WEEK_DAYS = 7;

    /** The fourth of January is always in the first week. */
    private static final int DAY_OF_FIRST_WEEK = 4;

    private final String label;
    private final long least;
    private final long most;
    private final long ifAbsent;

    DatePiece(String label, long least, long most, long ifAbsent) {
        this.label = label;
        this.least = least;
        this.most = most;
        this.ifAbsent = ifAbsent;
    }

    /** The name that requests use. */
    String label() {
        return label;
    }

    long least() {
        return least;
    }

    long most() {
        return most;
    }

    private long in(Map<DatePiece, Long> pieces) {
        return pieces.getOrDefault(this, ifAbsent);
    }

    /** The time that the parts name, each too large one carried over into the next. */
    static LocalDateTime join(Map<DatePiece, Long> pieces) {
        return day(pieces)
                .atStartOfDay()
                .plusHours(HOUR.in(pieces))
                .plusMinutes(MINUTE.in(pieces))
                .plusSeconds(SECOND.in(pieces))
                .plusSeconds(Math.floorDiv(MILLISECOND.in(pieces), 1_000))
                .plusNanos(Math.floorMod(MILLISECOND.in(pieces), 1_000) * 1_000_000L);
    }

    private static LocalDate day(Map<DatePiece, Long> pieces) {
        if (pieces.containsKey(ISO_WEEK_YEAR)) {
            return firstMonday(ISO_WEEK_YEAR.in(pieces))
                    .plusDays((ISO_WEEK.in(pieces) - 1) * WEEK_DAYS)
                    .plusDays(ISO_DAY_OF_WEEK.in(pieces) - 1);
        }
        return LocalDate.of(Math.toIntExact(YEAR.in(pieces)), 1, 1)
                .plusMonths(MONTH.in(pieces) - 1)
                .plusDays(DAY.in(pieces) - 1);
    }

    /** The Monday on which the first week of a year of ISO 8601 begins. */
    static LocalDate firstMonday(long weekYear) {
        return LocalDate.of(Math.toIntExact(weekYear), 1, DAY_OF_FIRST_WEEK)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
