package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import java.util.List;
import java.util.Set;
import org.bson.Document;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What drivers are told that use what is forbidden. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ForbiddenCommandsTest {

    private static void assertForbidden(Runnable request, String place) {
        MongoException refused = assertThrows(MongoException.class, request::run);
        assertEquals(224, refused.getCode(), refused.getMessage());
        assertTrue(refused.getMessage().contains(place), refused.getMessage());
    }

    @Test
    void drivers_are_told_what_and_where() {
        try (Served served = new Served()) {
            MongoCollection<Document> people = served.database().getCollection("people");
            people.insertOne(new Document("_id", 1).append("name", "a"));
            served.smilodon().operations().forbid(Set.of("$regex", "$out", "$inc"));

            assertForbidden(() -> people.find(Filters.regex("name", "a")).first(), "/filter/name");
            assertForbidden(() -> people.updateOne(Filters.eq("_id", 1), Updates.inc("n", 1)), "");
            assertForbidden(
                    () -> people.aggregate(List.of(Aggregates.out("others"))).toCollection(),
                    "/pipeline/0/$out");
            people.updateOne(Filters.eq("_id", 1), Updates.set("n", 1));
            assertEquals(1, people.countDocuments(Filters.gt("n", 0)));
        }
    }
}
