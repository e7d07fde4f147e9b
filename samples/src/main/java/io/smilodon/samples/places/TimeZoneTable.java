package io.smilodon.samples.places;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where the time zones are: from the system's copy of the tz database where there is one, else from
 * the table that travels with Smilodon. Both have the columns of the database's {@code zone.tab}
 * (public domain; IANA Time Zone Database): country, coordinates in ISO 6709, identifier.
 */
final class TimeZoneTable {

    private static final Path SYSTEM_TABLE = Path.of("/usr/share/zoneinfo/zone.tab");
    private static final String BUNDLED_TABLE = "time-zones.tsv";

    private TimeZoneTable() {}

    /**
     * One row.
     *
     * @param country ISO 3166 code of two letters
     * @param latitude degrees, north positive
     * @param longitude degrees, east positive
     * @param identifier such as {@code Europe/Andorra}
     */
    record Row(String country, double latitude, double longitude, String identifier) {}

    static List<Row> read() {
        return Files.isReadable(SYSTEM_TABLE) ? readSystem() : readBundled();
    }

    private static List<Row> readSystem() {
        try (Stream<String> lines = Files.lines(SYSTEM_TABLE)) {
            return rows(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Row> readBundled() {
        try (InputStream in = TimeZoneTable.class.getResourceAsStream(BUNDLED_TABLE);
                BufferedReader reader =
                        new BufferedReader(
                                new InputStreamReader(
                                        Objects.requireNonNull(in, BUNDLED_TABLE),
                                        StandardCharsets.UTF_8))) {
            return rows(reader.lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Row> rows(Stream<String> lines) {
        List<Row> rows = new ArrayList<>();
        lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(TimeZoneTable::row)
                .forEach(rows::add);
        rows.sort(Comparator.comparing(Row::identifier));
        return List.copyOf(rows);
    }

    private static Row row(String line) {
        String[] columns = line.split("\t");
        String coordinates = columns[1];
        int longitudeStart = Math.max(coordinates.lastIndexOf('+'), coordinates.lastIndexOf('-'));
        double latitude = degrees(coordinates.substring(0, longitudeStart), 2);
        double longitude = degrees(coordinates.substring(longitudeStart), 3);
        return new Row(columns[0], latitude, longitude, columns[2]);
    }

    /** Reads ±DDMM or ±DDMMSS (three digits of degrees for longitudes). */
    private static double degrees(String text, int degreeDigits) {
        String digits = text.substring(1);
        double degrees = Integer.parseInt(digits.substring(0, degreeDigits));
        degrees += Integer.parseInt(digits.substring(degreeDigits, degreeDigits + 2)) / 60.0;
        if (digits.length() > degreeDigits + 2) {
            degrees += Integer.parseInt(digits.substring(degreeDigits + 2)) / 3600.0;
        }
        double rounded = Math.round(degrees * 10_000) / 10_000.0;
        return text.startsWith("-") ? -rounded : rounded;
    }
}
