package io.smilodon.bench.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.bench.peer.PersonJson;
import java.io.IOException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PeopleTest {

    @Test
    void a_document_depends_on_nothing_but_seed_and_index() {
        People people = new People(1);
        people.at(5);
        assertEquals(new People(1).at(77), people.at(77));
        assertNotEquals(new People(2).at(77), people.at(77));
        assertNotEquals(people.at(78).text(), people.at(77).text());
    }

    @Test
    void documents_have_about_740_bytes_of_json() throws IOException {
        long bytes = 0;
        for (Person person : new People(1).range(0, 2_000)) {
            bytes += PersonJson.text(person).length();
        }
        assertTrue(Math.abs(bytes / 2_000 - 740) < 25, "bytes: " + bytes / 2_000);
    }

    @Test
    void low_ranks_are_drawn_as_often_as_zipf_says() {
        ZipfTable table = new ZipfTable(1_000, 1);
        SplitMix random = new SplitMix(3);
        int first = 0;
        int second = 0;
        for (int drawn = 0; drawn < 100_000; drawn++) {
            int rank = table.next(random);
            first += rank == 0 ? 1 : 0;
            second += rank == 1 ? 1 : 0;
        }
        assertEquals(13_360, first, 500);
        assertEquals(6_680, second, 400);
    }
}
