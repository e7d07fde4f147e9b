package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the planner knows follows what is written, sooner where a plan has gone wrong by it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CurrentStatisticsTest {

    private static final int COUNT = 900;

    /** So few of those are left that it is better to find and sort them than to go by days. */
    private static final int CLOSED = COUNT / 8 + 1;

    private static final String OPEN = "{\"status\": \"open\"}";

    private final Smilodon smilodon = Smilodon.inMemory();
    private final DocumentCollection orders = smilodon.database("shop").collection("orders");

    /** Every sixth order is open, whatever its day; the last hundred alone are late. */
    @BeforeEach
    void fill() {
        List<Document> all = new ArrayList<>();
        for (int id = 0; id < COUNT; id++) {
            DocumentBuilder order = Document.builder().put("_id", id).put("day", id);
            order.put("status", id % 6 == 0 ? "open" : "done");
            all.add(id < COUNT - 100 ? order.build() : order.put("isLate", true).build());
        }
        orders.insertMany(all, true);
        orders.createIndex(json("{\"key\": {\"status\": 1}}"));
        orders.createIndex(json("{\"key\": {\"day\": 1}}"));
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private static Document json(String text) {
        return ExtendedJson.readDocument(text);
    }

    private static FindRequest byDay(String filter, int limit) {
        return FindRequest.of(json(filter)).withSort(json("{\"day\": 1}")).withLimit(limit);
    }

    /** Which index finds the first open orders. */
    private String index() {
        Document explained = orders.explain(byDay(OPEN, 10), Verbosity.QUERY_PLANNER);
        Document stage = (Document) ((Document) explained.get("queryPlanner")).get("winningPlan");
        while (stage.get("inputStage") instanceof Document input) {
            stage = input;
        }
        return ((StringValue) stage.get("indexName")).value();
    }

    private void find(String filter, int limit) {
        try (DocumentCursor cursor = orders.find(byDay(filter, limit))) {
            cursor.forEachRemaining(found -> {});
        }
    }

    private List<Value> remembered() {
        List<Value> all = new ArrayList<>();
        try (DocumentCursor cursor = orders.aggregate(List.of(json("{\"$planCacheStats\": {}}")))) {
            cursor.forEachRemaining(decision -> all.add(decision.get("cachedPlan")));
        }
        return all;
    }

    /** Closes the earliest open orders. */
    private void close(int count) {
        for (int order = 0; order < count; order++) {
            update(order * 6, "{\"$set\": {\"status\": \"done\"}}");
        }
    }

    /** Writes that change nothing a plan depends on. */
    private void touch(int count) {
        for (int write = 0; write < count; write++) {
            update(COUNT - 1 - write, "{\"$inc\": {\"touched\": 1}}");
        }
    }

    private void update(int id, String update) {
        orders.updateOne(Document.of("_id", Value.of(id)), json(update));
    }

    @Test
    void a_new_sample_is_taken_when_half_of_the_collection_has_been_written_since() {
        assertEquals("day_1", index());

        close(CLOSED);
        touch(COUNT / 2 - CLOSED);
        assertEquals("day_1", index());

        touch(1);
        assertEquals("status_1", index());
    }

    @Test
    void inserts_and_deletes_are_writes_too() {
        assertEquals("day_1", index());

        close(CLOSED);
        orders.deleteMany(json("{\"_id\": {\"$lt\": 160}}"));
        for (int id = COUNT; id < COUNT + COUNT / 2 - CLOSED - 160; id++) {
            orders.insertOne(json("{\"_id\": " + id + ", \"day\": 1}"));
        }
        assertEquals("day_1", index());

        touch(1);
        assertEquals("status_1", index());
    }

    @Test
    void where_a_plan_cost_far_more_than_expected_the_eighth_part_is_enough() {
        find("{\"isLate\": true}", 1); // by days, until the late ones come
        assertEquals("day_1", index());

        close(CLOSED - 1);
        assertEquals("day_1", index());

        touch(1);
        assertEquals("status_1", index());
    }

    @Test
    void a_plan_that_cost_far_more_than_expected_is_not_remembered() {
        find(OPEN, 10);
        assertEquals(List.of(Value.of("FETCH(day_1 FORWARD)")), remembered());

        close(CLOSED);
        find(OPEN, 10);
        assertEquals(List.of(), remembered());

        find(OPEN, 10);
        List<Value> anew = List.of(Value.of("SORT(FETCH(status_1 FORWARD))"));
        assertEquals(anew, remembered());
        find(OPEN, 10);
        assertEquals(anew, remembered());
    }
}
