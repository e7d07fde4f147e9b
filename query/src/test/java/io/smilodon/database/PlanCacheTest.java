package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlanCacheTest {

    private static final int COUNT = 600;

    private final Smilodon smilodon = Smilodon.inMemory();
    private final DocumentCollection orders = smilodon.database("shop").collection("orders");

    /** One order in a hundred is open; customers have two each. */
    @BeforeEach
    void fill() {
        List<Document> all = new ArrayList<>();
        for (int id = 0; id < COUNT; id++) {
            all.add(
                    Document.builder()
                            .put("_id", id)
                            .put("status", id % 100 == 0 ? "open" : "done")
                            .put("customer", id / 2)
                            .build());
        }
        orders.insertMany(all, true);
        orders.createIndex(json("{\"key\": {\"status\": 1}}"));
        orders.createIndex(json("{\"key\": {\"customer\": 1}}"));
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private static Document json(String text) {
        return ExtendedJson.readDocument(text);
    }

    private int count(String filter) {
        try (DocumentCursor cursor = orders.find(FindRequest.of(json(filter)))) {
            int count = 0;
            while (cursor.hasNext()) {
                cursor.next();
                count++;
            }
            return count;
        }
    }

    private List<Document> remembered() {
        List<Document> all = new ArrayList<>();
        try (DocumentCursor cursor = orders.aggregate(List.of(json("{\"$planCacheStats\": {}}")))) {
            cursor.forEachRemaining(all::add);
        }
        return all;
    }

    private String plan(String filter) {
        return stages(
                (Document)
                        ((Document)
                                        orders.explain(
                                                        FindRequest.of(json(filter)),
                                                        Verbosity.QUERY_PLANNER)
                                                .get("queryPlanner"))
                                .get("winningPlan"));
    }

    private static String stages(Document stage) {
        String name = ((io.smilodon.engine.value.StringValue) stage.get("stage")).value();
        return stage.get("inputStage") instanceof Document input
                ? name + " " + stages(input)
                : name;
    }

    @Test
    void a_value_that_most_documents_have_is_found_by_a_scan_a_rare_one_by_its_index() {
        assertEquals("COLLSCAN", plan("{\"status\": \"done\"}"));
        assertEquals("FETCH IXSCAN", plan("{\"status\": \"open\"}"));
        assertEquals("FETCH IXSCAN", plan("{\"status\": \"none\"}"));
    }

    @Test
    void queries_of_one_shape_are_planned_once() {
        assertEquals(2, count("{\"customer\": 7}"));
        assertEquals(2, count("{\"customer\": 8}"));
        assertEquals(0, count("{\"customer\": 8, \"status\": \"new\"}"));

        List<Document> remembered = remembered();

        assertEquals(2, remembered.size());
        assertEquals(Value.of("FETCH(customer_1 FORWARD)"), remembered.get(0).get("cachedPlan"));
        assertEquals(
                json("{\"query\": {\"customer\": {\"$eq\": 7}}, \"sort\": {}}"),
                remembered.get(0).get("createdFromQuery"));
    }

    @Test
    void a_value_for_which_the_plan_would_cost_ten_times_as_much_is_planned_anew() {
        assertEquals(0, count("{\"status\": \"none\"}"));
        assertEquals(Value.of("FETCH(status_1 FORWARD)"), remembered().get(0).get("cachedPlan"));

        assertEquals(COUNT - COUNT / 100, count("{\"status\": \"done\"}"));

        assertEquals(Value.of("COLLSCAN FORWARD"), remembered().get(0).get("cachedPlan"));
    }

    @Test
    void a_new_index_and_a_first_array_end_what_was_remembered() {
        count("{\"customer\": 7}");
        orders.createIndex(json("{\"key\": {\"other\": 1}}"));
        assertEquals(List.of(), remembered());

        count("{\"customer\": 7}");
        orders.insertOne(json("{\"_id\": -1, \"customer\": [1, 2]}"));
        assertEquals(List.of(), remembered());
    }

    @Test
    void rule_122_explain_neither_reads_nor_writes_it_and_ids_need_none() {
        plan("{\"customer\": 7}");
        count("{\"_id\": 7}");
        assertEquals(List.of(), remembered());
    }

    @Test
    void a_dropped_index_and_one_that_comes_back_otherwise_are_found_out() {
        assertEquals(2, count("{\"customer\": 7}"));
        assertEquals(2, count("{\"customer\": 8}"));

        orders.dropIndex(Value.of("customer_1"));
        assertEquals(2, count("{\"customer\": 7}"));
        assertEquals(Value.of("COLLSCAN FORWARD"), remembered().get(0).get("cachedPlan"));

        orders.createIndex(json("{\"key\": {\"customer\": 1}, \"sparse\": true}"));
        orders.insertOne(json("{\"_id\": -1}"));
        assertEquals(2, count("{\"customer\": 7}"));
        assertEquals(1, count("{\"customer\": null}")); // of the same shape, but for the index
        assertEquals(2, count("{\"customer\": 9}"));
    }

    @Test
    void it_is_cleared_whole_or_by_shape() {
        count("{\"customer\": 7}");
        count("{\"status\": \"open\"}");

        orders.planning().clear(FindRequest.of(json("{\"customer\": 1}")));

        assertEquals(1, remembered().size());
        orders.planning().clear();
        assertEquals(List.of(), remembered());
        DocumentCollection none = smilodon.database("shop").collection("none");
        SmilodonException refused =
                assertThrows(SmilodonException.class, () -> none.planning().clear());
        assertTrue(refused.getMessage().contains("ns does not exist"), refused.getMessage());
    }

    @Test
    void values_in_projections_are_no_part_of_shapes() {
        find("{\"customer\": 7}", "{\"customer\": 1, \"x\": {\"$literal\": \"a\"}}");
        find("{\"customer\": 8}", "{\"customer\": 1, \"x\": {\"$literal\": [1, 2, 3]}}");
        assertEquals(1, remembered().size());
        find("{\"customer\": 8}", "{\"customer\": 1, \"x\": \"$status\"}");
        find("{\"customer\": 8}", "{\"customer\": 0}");
        find("{\"customer\": 8}", "{\"customer\": 1}");
        assertEquals(4, remembered().size());
    }

    @Test
    void too_long_shapes_are_not_remembered() {
        String name = "n".repeat(4_000);
        count("{\"customer\": 7, \"" + name + "\": null}");
        assertEquals(1, remembered().size());
        count("{\"customer\": 7, \"" + name + name + "\": null}");
        find("{\"customer\": 7}", "{\"" + name + name + "\": 1}");
        assertEquals(1, remembered().size());
    }

    private void find(String filter, String projection) {
        FindRequest request = FindRequest.of(json(filter)).withProjection(json(projection));
        try (DocumentCursor cursor = orders.find(request)) {
            cursor.forEachRemaining(found -> {});
        }
    }

    @Test
    void all_plans_are_tried_on_demand_and_cost_is_counted() {
        Document told =
                orders.explain(
                        FindRequest.of(json("{\"customer\": 7, \"status\": \"done\"}")),
                        Verbosity.ALL_PLANS_EXECUTION);

        Document stats = (Document) told.get("executionStats");
        ArrayValue trials = (ArrayValue) stats.get("allPlansExecution");
        assertTrue(trials.size() > 2, trials.toString());
        Document first = (Document) trials.get(0);
        assertEquals(Value.of(2), first.get("nReturned"));
        assertEquals(Value.of(6.0), first.get("cost"));
        assertEquals(first.get("cost"), stats.get("cost"));
        Document stage = (Document) stats.get("executionStages");
        assertEquals(Value.of(3), stage.get("works"));
        assertEquals(Value.of(2), stage.get("advanced"));
    }
}
