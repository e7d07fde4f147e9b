package io.smilodon.query.expression.date;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Value;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** The date operators against naive readings of what they mean, where clocks jump and elsewhere. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DateLawsTest {

    private static final Map<String, TemporalUnit> UNITS =
            Map.of(
                    "year", ChronoUnit.YEARS,
                    "quarter", IsoFields.QUARTER_YEARS,
                    "month", ChronoUnit.MONTHS,
                    "week", ChronoUnit.WEEKS,
                    "day", ChronoUnit.DAYS,
                    "hour", ChronoUnit.HOURS,
                    "minute", ChronoUnit.MINUTES,
                    "second", ChronoUnit.SECONDS,
                    "millisecond", ChronoUnit.MILLIS);

    private static final List<String> NAMES = UNITS.keySet().stream().sorted().toList();

    private final long seed = Seeds.next();
    private final RandomDates random = new RandomDates(seed);
    private final ZoneId zone = random.zone();

    private String shown(Object... about) {
        return "seed " + seed + ": " + zone + " " + List.of(about);
    }

    private DocumentBuilder operands() {
        return Document.builder().put("timezone", Value.of(zone.getId()));
    }

    /**
     * {@link ZonedDateTime} has the same rules: calendar units by the clock, others in real time.
     */
    @RepeatedTest(150)
    void moved_dates_are_those_of_zoned_times() {
        boolean isNear = random.between(0, 2) > 0;
        ZonedDateTime start = isNear ? random.near(zone) : random.far(zone, 20_000);
        String unit = random.any(NAMES);
        int amount = random.between(-50, 50);

        Document operands =
                operands()
                        .put("startDate", RandomDates.date(start))
                        .put("unit", Value.of(unit))
                        .put("amount", Value.of(amount))
                        .build();

        assertEquals(
                RandomDates.date(moved(start, unit, amount)),
                RandomDates.evaluate("$dateAdd", operands),
                () -> shown(start, unit, amount));
        assertEquals(
                RandomDates.date(moved(start, unit, -amount)),
                RandomDates.evaluate("$dateSubtract", operands),
                () -> shown(start, unit, amount));
    }

    /**
     * A quarter is three months. {@link IsoFields#QUARTER_YEARS} goes by years first and by months
     * then, and so loses the time of day where the clock jumps between the two.
     */
    private static ZonedDateTime moved(ZonedDateTime start, String unit, int amount) {
        return unit.equals("quarter")
                ? start.plusMonths(3L * amount)
                : start.plus(amount, UNITS.get(unit));
    }

    /** Walks from day to day, and counts the days on which a new unit begins. */
    @RepeatedTest(150)
    void differences_in_calendar_units_count_the_days_that_begin_one() {
        ZonedDateTime start = random.near(zone);
        ZonedDateTime end = start.plusHours(random.between(0, 24 * 900));
        String unit = random.any(List.of("year", "quarter", "month", "week", "day"));
        DayOfWeek weekStart = random.any(List.of(DayOfWeek.values()));
        long begun =
                start.toLocalDate()
                        .plusDays(1)
                        .datesUntil(end.toLocalDate().plusDays(1))
                        .filter(day -> begins(day, unit, weekStart))
                        .count();

        Document operands =
                operands()
                        .put("unit", Value.of(unit))
                        .put("startOfWeek", Value.of(weekStart.name()))
                        .build();

        assertEquals(begun, difference(operands, start, end), () -> shown(start, end, unit));
        assertEquals(-begun, difference(operands, end, start), () -> shown(start, end, unit));
    }

    private static long difference(Document operands, ZonedDateTime start, ZonedDateTime end) {
        Document all =
                operands.with("startDate", RandomDates.date(start))
                        .with("endDate", RandomDates.date(end));
        return ((Int64Value) RandomDates.evaluate("$dateDiff", all)).value();
    }

    private static boolean begins(LocalDate day, String unit, DayOfWeek weekStart) {
        return switch (unit) {
            case "day" -> true;
            case "week" -> day.getDayOfWeek() == weekStart;
            case "month" -> day.getDayOfMonth() == 1;
            case "quarter" -> day.getDayOfMonth() == 1 && day.getMonthValue() % 3 == 1;
            default -> day.getDayOfYear() == 1;
        };
    }

    /** Walks in real time, and counts the full hours or minutes of the zone's clock. */
    @RepeatedTest(80)
    void differences_in_clock_units_count_full_hours_and_minutes() {
        String unit = random.any(List.of("hour", "minute"));
        // Half hours that Lord Howe's clock jumps are no full hours.
        ZoneId whole = zone.getId().contains("Howe") ? ZoneId.of("Asia/Kathmandu") : zone;
        ZonedDateTime start = random.near(whole);
        ZonedDateTime end = start.plusSeconds(random.between(0, 200_000));
        long full = 0;
        ZonedDateTime cursor = start.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        for (; !cursor.isAfter(end); cursor = cursor.plusMinutes(1)) {
            full += unit.equals("minute") || cursor.getMinute() == 0 ? 1 : 0;
        }

        Document operands =
                Document.builder()
                        .put("timezone", Value.of(whole.getId()))
                        .put("unit", Value.of(unit))
                        .build();

        assertEquals(full, difference(operands, start, end), () -> shown(start, end, unit));
    }

    /** Walks from bin to bin, starting at 2000-01-01. */
    @RepeatedTest(150)
    void bins_of_calendar_units_follow_on_one_another() {
        ZonedDateTime date = random.near(zone);
        String unit = random.any(List.of("year", "quarter", "month", "week", "day"));
        DayOfWeek weekStart = random.any(List.of(DayOfWeek.values()));
        int size = random.between(1, 9);
        LocalDate first = LocalDate.of(2000, 1, 1);
        while (unit.equals("week") && first.getDayOfWeek() != weekStart) {
            first = first.plusDays(1);
        }
        long step = 0;
        while (first.plus(step, UNITS.get(unit)).isAfter(date.toLocalDate())) {
            step -= size;
        }
        while (!first.plus(step + size, UNITS.get(unit)).isAfter(date.toLocalDate())) {
            step += size;
        }
        ZonedDateTime expected = first.plus(step, UNITS.get(unit)).atStartOfDay(zone);

        Document operands =
                operands()
                        .put("date", RandomDates.date(date))
                        .put("unit", Value.of(unit))
                        .put("binSize", Value.of(size))
                        .put("startOfWeek", Value.of(weekStart.name().substring(0, 3)))
                        .build();

        assertEquals(
                RandomDates.date(expected),
                RandomDates.evaluate("$dateTrunc", operands),
                () -> shown(date, unit, size, weekStart));
    }

    @RepeatedTest(80)
    void bins_of_clock_units_are_equally_long_in_real_time() {
        ZonedDateTime date = random.far(zone, 9_000);
        String unit = random.any(List.of("hour", "minute", "second", "millisecond"));
        int size = random.between(1, 100);
        long length = UNITS.get(unit).getDuration().toMillis() * size;
        long reference = LocalDate.of(2000, 1, 1).atStartOfDay(zone).toInstant().toEpochMilli();
        long distance = date.toInstant().toEpochMilli() - reference;
        long bins = distance / length - (distance < 0 && distance % length != 0 ? 1 : 0);

        Document operands =
                operands()
                        .put("date", RandomDates.date(date))
                        .put("unit", Value.of(unit))
                        .put("binSize", Value.of((double) size))
                        .build();

        assertEquals(
                new DateValue(reference + bins * length),
                RandomDates.evaluate("$dateTrunc", operands),
                () -> shown(date, unit, size));
    }

    /** The lenient calendar of old carries over in the same way. */
    @RepeatedTest(80)
    void parts_carry_over_as_in_a_lenient_calendar() {
        int[] parts = {
            random.between(1, 9_999),
            random.between(-500, 500),
            random.between(-32_768, 32_767),
            random.between(-32_768, 32_767),
            random.between(-32_768, 32_767),
            random.between(-1_000_000, 1_000_000)
        };
        GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
        calendar.setGregorianChange(new Date(Long.MIN_VALUE));
        calendar.clear();
        calendar.set(parts[0], parts[1] - 1, parts[2], parts[3], parts[4], parts[5]);

        Document operands =
                Document.builder()
                        .put("year", Value.of(parts[0]))
                        .put("month", Value.of(parts[1]))
                        .put("day", Value.of(parts[2]))
                        .put("hour", Value.of(parts[3]))
                        .put("minute", Value.of(parts[4]))
                        .put("second", Value.of(parts[5]))
                        .build();

        assertEquals(
                new DateValue(calendar.getTimeInMillis()),
                RandomDates.evaluate("$dateFromParts", operands),
                () -> shown(Arrays.toString(parts)));
    }

    /** Of two equal times of the clock, parts name the earlier one. */
    @RepeatedTest(80)
    void a_date_is_put_together_of_its_parts() {
        ZonedDateTime date = random.near(zone).withEarlierOffsetAtOverlap();
        Value written = RandomDates.date(date);
        boolean isByWeeks = random.between(0, 1) == 0;

        Document parts =
                (Document)
                        RandomDates.evaluate(
                                "$dateToParts",
                                operands()
                                        .put("date", written)
                                        .put("iso8601", Value.of(isByWeeks))
                                        .build());

        assertEquals(isByWeeks, parts.has("isoWeek"));
        assertEquals(
                written,
                RandomDates.evaluate(
                        "$dateFromParts", parts.with("timezone", Value.of(zone.getId()))),
                () -> shown(date, parts));
    }

    @RepeatedTest(150)
    void a_date_is_read_as_it_was_written() {
        ZonedDateTime date =
                random.between(0, 1) == 0
                        ? random.near(zone)
                        : random.far(ZoneOffset.UTC, 4_999).plusYears(5_000);
        String day = random.any(List.of("%Y-%m-%d", "%d %b %Y", "%B %d, %Y", "%Y/%j", "%G-%V-%u"));
        String format = day + "T%H.%M:%S,%L" + random.any(List.of("%z", " %Z", "%% %z"));

        Value text =
                RandomDates.evaluate(
                        "$dateToString",
                        Document.builder()
                                .put("date", RandomDates.date(date))
                                .put("format", Value.of(format))
                                .put("timezone", Value.of(date.getZone().getId()))
                                .build());

        assertEquals(
                RandomDates.date(date),
                RandomDates.evaluate(
                        "$dateFromString",
                        Document.builder()
                                .put("dateString", text)
                                .put("format", Value.of(format))
                                .build()),
                () -> shown(date, text, format));
    }

    @RepeatedTest(80)
    void a_date_without_a_format_is_read_as_it_was_written() {
        Value date = RandomDates.date(random.far(ZoneOffset.UTC, 4_999).plusYears(5_000));

        Value text = RandomDates.evaluate("$dateToString", Document.of("date", date));

        assertEquals(
                date,
                RandomDates.evaluate("$dateFromString", Document.of("dateString", text)),
                () -> shown(date, text));
    }
}
