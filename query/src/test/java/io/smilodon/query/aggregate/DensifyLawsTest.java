package io.smilodon.query.aggregate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.testing.ListCursor;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** {@code $densify} against one that first makes the whole series, then sorts. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DensifyLawsTest {

    private static final String[] BOUNDS = {"full", "partition", "between"};

    /** The units of dates, with how java.time counts them. */
    private static final Map<String, Step> UNITS =
            new TreeMap<>(
                    Map.of(
                            "year", new Step(ChronoUnit.YEARS, 1),
                            "quarter", new Step(ChronoUnit.MONTHS, 3),
                            "month", new Step(ChronoUnit.MONTHS, 1),
                            "week", new Step(ChronoUnit.WEEKS, 1),
                            "day", new Step(ChronoUnit.DAYS, 1),
                            "hour", new Step(ChronoUnit.HOURS, 1),
                            "minute", new Step(ChronoUnit.MINUTES, 1)));

    private record Step(ChronoUnit unit, int count) {}

    /**
     * One random case: values of the field are numbers, of dates the milliseconds.
     *
     * @param unit of dates; empty for numbers
     */
    private record Case(
            String unit, double step, String bounds, double lower, double upper, boolean parts) {

        static Case random(Random random) {
            boolean isOfDates = random.nextBoolean();
            List<String> units = List.copyOf(UNITS.keySet());
            String unit = isOfDates ? units.get(random.nextInt(units.size())) : "";
            double step = (1 + random.nextInt(3)) * (isOfDates || random.nextBoolean() ? 1 : 0.5);
            boolean parts = random.nextInt(3) > 0;
            String bounds = BOUNDS[random.nextInt(3)];
            double lower = value(random, unit);
            double upper = Math.max(lower, value(random, unit));
            return new Case(
                    unit,
                    step,
                    parts || !bounds.equals("partition") ? bounds : "full",
                    lower,
                    upper,
                    parts);
        }

        /** A number, or a date within some twelve of the unit. */
        static double value(Random random, String unit) {
            if (unit.isEmpty()) {
                return random.nextInt(30) * 0.5 - 5;
            }
            LocalDateTime base = LocalDateTime.of(2024, 1, 29 + random.nextInt(3), 12, 0);
            Step step = UNITS.get(unit);
            return millis(base.plus((long) random.nextInt(12) * step.count, step.unit));
        }

        boolean isOfDates() {
            return !unit.isEmpty();
        }

        Value toValue(double value) {
            return isOfDates() ? new DateValue((long) value) : new DoubleValue(value);
        }

        double after(double value) {
            if (!isOfDates()) {
                return value + step;
            }
            Step one = UNITS.get(unit);
            LocalDateTime date =
                    LocalDateTime.ofInstant(Instant.ofEpochMilli((long) value), ZoneOffset.UTC);
            return millis(date.plus((long) step * one.count, one.unit));
        }

        private static double millis(LocalDateTime date) {
            return date.toInstant(ZoneOffset.UTC).toEpochMilli();
        }

        Document stage() {
            DocumentBuilder range =
                    Document.builder()
                            .put("step", isOfDates() ? Value.of((int) step) : Value.of(step));
            if (isOfDates()) {
                range.put("unit", unit);
            }
            range.put(
                    "bounds",
                    bounds.equals("between")
                            ? ArrayValue.of(toValue(lower), toValue(upper))
                            : Value.of(bounds));
            DocumentBuilder densify = Document.builder().put("field", "v");
            if (parts) {
                densify.put("partitionByFields", ArrayValue.of(Value.of("p.q")));
            }
            return Document.of("$densify", densify.put("range", range.build()).build());
        }
    }

    @RepeatedTest(60)
    void documents_and_the_values_between_them_come_in_order() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        Case asked = Case.random(random);
        List<Document> rows = rows(random, asked);

        List<Document> found =
                ListCursor.drain(
                        Pipeline.parse(ArrayValue.of(asked.stage()), Location.ROOT)
                                .open(new ListCursor(rows), MemoryCollections.none()));

        assertEquals(
                text(naive(rows, asked)),
                text(found),
                () -> "seed " + seed + ": " + asked + " of " + text(rows));
    }

    private static String text(List<Document> documents) {
        StringBuilder text = new StringBuilder();
        documents.forEach(each -> text.append(ExtendedJson.write(each, JsonMode.RELAXED) + "\n"));
        return text.toString();
    }

    private static List<Document> rows(Random random, Case asked) {
        List<Document> rows = new ArrayList<>();
        for (int id = random.nextInt(12); id > 0; id--) {
            DocumentBuilder row = Document.builder().put("_id", id);
            int partition = random.nextInt(4);
            if (partition > 0) {
                row.put("p", Document.of("q", Value.of(partition)));
            }
            int kind = random.nextInt(12);
            if (kind > 1) {
                row.put("v", asked.toValue(Case.value(random, asked.unit)));
            } else if (kind > 0) {
                row.put("v", NullValue.INSTANCE);
            }
            rows.add(row.build());
        }
        return rows;
    }

    // ---- The naive one

    private static List<Document> naive(List<Document> rows, Case asked) {
        SortedMap<Integer, List<Document>> partitions = new TreeMap<>();
        rows.forEach(
                row ->
                        partitions
                                .computeIfAbsent(
                                        asked.parts ? partition(row) : 0, key -> new ArrayList<>())
                                .add(row));
        if (rows.isEmpty() && !asked.parts) {
            partitions.put(0, List.of());
        }
        List<Document> result = new ArrayList<>();
        partitions.forEach(
                (key, members) ->
                        result.addAll(dense(key, members, series(members, rows, asked), asked)));
        return result;
    }

    private static int partition(Document row) {
        return row.get("p") instanceof Document part ? ((Int32Value) part.get("q")).value() : 0;
    }

    /** The values that are to be there. */
    private static SortedSet<Double> series(
            List<Document> members, List<Document> rows, Case asked) {
        SortedSet<Double> series = new TreeSet<>();
        SortedSet<Double> range = values(asked.bounds.equals("full") ? rows : members);
        boolean isBetween = asked.bounds.equals("between");
        if (!isBetween && range.isEmpty()) {
            return series;
        }
        double value = isBetween ? asked.lower : range.first();
        while (isBetween ? value < asked.upper : value <= range.last()) {
            series.add(value);
            value = asked.after(value);
        }
        return series;
    }

    private static SortedSet<Double> values(List<Document> rows) {
        SortedSet<Double> values = new TreeSet<>();
        rows.stream()
                .filter(row -> !row.get("v").isNullish())
                .forEach(row -> values.add(value(row)));
        return values;
    }

    private static double value(Document row) {
        return switch (row.get("v")) {
            case DateValue date -> date.epochMillis();
            case NumberValue number -> number.toDouble();
            default -> Double.NEGATIVE_INFINITY;
        };
    }

    private static List<Document> dense(
            int partition, List<Document> members, SortedSet<Double> series, Case asked) {
        List<Document> dense = new ArrayList<>(members);
        SortedSet<Double> there = values(members);
        for (double value : series) {
            if (!there.contains(value)) {
                Document added =
                        partition == 0
                                ? Document.EMPTY
                                : Document.of("p", Document.of("q", Value.of(partition)));
                dense.add(added.with("v", asked.toValue(value)));
            }
        }
        dense.sort(
                Comparator.comparingDouble(DensifyLawsTest::value)
                        .thenComparing(row -> row.get("v") == Missing.INSTANCE ? 0 : 1));
        return dense;
    }
}
