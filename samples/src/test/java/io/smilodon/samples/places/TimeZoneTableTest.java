package io.smilodon.samples.places;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TimeZoneTableTest {

    @Test
    void the_bundled_table_has_the_zones_that_java_knows() {
        List<TimeZoneTable.Row> rows = TimeZoneTable.readBundled();
        Set<String> known = ZoneId.getAvailableZoneIds();

        long unknown = rows.stream().filter(row -> !known.contains(row.identifier())).count();

        assertTrue(rows.size() > 400, () -> rows.size() + " rows");
        assertTrue(unknown < 10, () -> unknown + " rows that Java does not know");
    }

    @Test
    void coordinates_are_degrees_with_their_sign() {
        TimeZoneTable.Row row =
                TimeZoneTable.readBundled().stream()
                        .filter(each -> each.identifier().equals("America/Sao_Paulo"))
                        .findFirst()
                        .orElseThrow();

        assertEquals(new TimeZoneTable.Row("BR", -23.5333, -46.6167, "America/Sao_Paulo"), row);
    }

    @Test
    void every_coordinate_lies_on_the_earth() {
        for (TimeZoneTable.Row row : TimeZoneTable.read()) {
            assertTrue(Math.abs(row.latitude()) <= 90, row::toString);
            assertTrue(Math.abs(row.longitude()) <= 180, row::toString);
        }
    }
}
