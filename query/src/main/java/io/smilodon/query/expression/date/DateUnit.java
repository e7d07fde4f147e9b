package io.smilodon.query.expression.date;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The units in which dates are moved, compared and cut off. Units of a day and more follow the
 * calendar of a zone; smaller ones are real time, whatever the clocks do.
 */
public enum DateUnit {
    YEAR("year", ChronoUnit.MONTHS, 12),
    QUARTER("quarter", ChronoUnit.MONTHS, 3),
    MONTH("month", ChronoUnit.MONTHS, 1),
    WEEK("week", ChronoUnit.DAYS, 7),
    DAY("day", ChronoUnit.DAYS, 1),
    HOUR("hour", ChronoUnit.MILLIS, 3_600_000),
    MINUTE("minute", ChronoUnit.MILLIS, 60_000),
    SECOND("second", ChronoUnit.MILLIS, 1_000),
    MILLISECOND("millisecond", ChronoUnit.MILLIS, 1);

    /** How many months all dates of 64 bits are apart at most. */
    private static final long MONTHS_MAX = 7_019_309_009L;

    /** How many days all dates of 64 bits are apart at most. */
    private static final long DAYS_MAX = 213_503_982_335L;

    private static final long DAY_MILLIS = 86_400_000;

    private final String alias;
    private final ChronoUnit base;
    private final long count;

    DateUnit(String alias, ChronoUnit base, long count) {
        this.alias = alias;
        this.base = base;
        this.count = count;
    }

    /** The name that requests use. */
    public String alias() {
        return alias;
    }

    /** Months, days or milliseconds: what the unit is counted in. */
    ChronoUnit base() {
        return base;
    }

    /** How many months, days or milliseconds it is. */
    long count() {
        return count;
    }

    /** The largest number of units that can lie between two dates. */
    long amountMax() {
        return switch (base) {
            case MONTHS -> MONTHS_MAX / count;
            case DAYS -> DAYS_MAX / count;
            default -> count == 1 ? Long.MAX_VALUE : Long.divideUnsigned(-1, count);
        };
    }

    /** How many milliseconds it has in UTC, if that is always the same. */
    public OptionalLong millis() {
        return switch (base) {
            case MONTHS -> OptionalLong.empty();
            case DAYS -> OptionalLong.of(count * DAY_MILLIS);
            default -> OptionalLong.of(count);
        };
    }

    /** So many units after an instant, in UTC; the first or the last date where that is beyond. */
    public long addUtc(long epochMillis, long amount) {
        try {
            return CalendarSteps.add(epochMillis, this, amount, Instants.UTC);
        } catch (ArithmeticException beyond) {
            return amount < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    public static Optional<DateUnit> find(String alias) {
        return Arrays.stream(values()).filter(unit -> unit.alias.equals(alias)).findFirst();
    }

    /**
     * The unit that an operand names.
     *
     * @param notString the number of the error for a value that is no text
     * @param unknown the error for a text that names no unit
     */
    static DateUnit require(Value value, int notString, ErrorCode unknown) {
        if (!(value instanceof StringValue name)) {
            throw new SmilodonException(
                    ErrorCode.location(notString),
                    "requires 'unit' to be a string",
                    Map.of("actual", value.type().alias()));
        }
        return find(name.value())
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                                unknown,
                                                "unknown time unit value",
                                                Map.of("unit", name.value()))
                                        .withHint("known units: " + aliases()));
    }

    private static List<String> aliases() {
        return Arrays.stream(values()).map(DateUnit::alias).toList();
    }
}
