package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AdviseIndexesTest {

    private final Smilodon smilodon = Smilodon.inMemory();
    private final DocumentCollection orders = smilodon.database("shop").collection("orders");

    @AfterEach
    void close() {
        smilodon.close();
    }

    private static Document json(String text) {
        return ExtendedJson.readDocument(text);
    }

    private void fill() {
        List<Document> all = new ArrayList<>();
        for (int id = 0; id < 500; id++) {
            all.add(
                    Document.builder()
                            .put("_id", id)
                            .put("customer", id % 50)
                            .put("day", id / 10)
                            .put("status", id % 4 == 0 ? "open" : "done")
                            .build());
        }
        orders.insertMany(all, true);
    }

    private void find(FindRequest request) {
        try (DocumentCursor cursor = orders.find(request)) {
            cursor.forEachRemaining(found -> {});
        }
    }

    private List<Document> told(String field) {
        ArrayValue list = (ArrayValue) orders.planning().adviseIndexes().get(field);
        return list.elements().stream().map(Document.class::cast).toList();
    }

    private List<Value> names(String field) {
        return told(field).stream().map(each -> each.get("name")).toList();
    }

    @Test
    void the_index_that_saves_most_comes_first() {
        fill();
        for (int time = 0; time < 20; time++) {
            find(
                    FindRequest.of(json("{\"customer\": %d}".formatted(time)))
                            .withSort(json("{\"day\": 1}")));
        }
        find(FindRequest.of(json("{\"day\": 7}")));

        List<Document> advised = told("advised");

        assertEquals(json("{\"customer\": 1, \"day\": 1}"), advised.get(0).get("key"));
        double share = ((DoubleValue) advised.get(0).get("savedShare")).value();
        assertTrue(share > 0.8, advised.toString());
        Document shape = told("shapes").get(0);
        assertEquals(Value.of(20L), shape.get("count"));
        assertEquals(Value.of(20L * 500), shape.get("docsExamined"));
        assertEquals(json("{\"day\": 1}"), shape.get("sort"));
    }

    @Test
    void expressions_are_advised_what_the_planner_could_use() {
        fill();
        for (int time = 0; time < 4; time++) {
            find(FindRequest.of(json("{\"$expr\": {\"$in\": [\"$customer\", [1, 2]]}}")));
            find(
                    FindRequest.of(
                            json(
                                    "{\"$expr\": {\"$and\": [{\"$eq\": [\"$customer\", 7]},"
                                            + " {\"$gt\": [\"$day\", 30]}]}}")));
        }

        Document advised = told("advised").getFirst();

        assertEquals(json("{\"customer\": 1, \"day\": 1}"), advised.get("key"));
        double share = ((DoubleValue) advised.get("savedShare")).value();
        assertTrue(share > 0.8, advised.toString());
    }

    @Test
    void an_expression_of_several_fields_is_advised_an_index_for_each() {
        fill();
        orders.createIndex(json("{\"key\": {\"customer\": 1}}"));
        String filter =
                "{\"$expr\": {\"$or\": [{\"$eq\": [\"$customer\", 7]},"
                        + " {\"$in\": [\"$day\", [3]]}]}}";
        for (int time = 0; time < 4; time++) {
            find(FindRequest.of(json(filter)));
        }

        assertEquals(json("{\"day\": 1}"), told("advised").getFirst().get("key"));
    }

    @Test
    void an_index_that_exists_or_that_helps_little_is_not_advised() {
        fill();
        orders.createIndex(json("{\"key\": {\"customer\": 1}}"));
        find(FindRequest.of(json("{\"customer\": 3}")));
        find(FindRequest.of(json("{\"status\": \"done\"}")));

        assertEquals(List.of(), told("advised"));
    }

    @Test
    void unused_and_redundant_indexes_are_named_but_not_those_that_forbid_or_delete() {
        fill();
        orders.createIndex(json("{\"key\": {\"customer\": 1}}"));
        orders.createIndex(json("{\"key\": {\"customer\": 1, \"day\": 1}}"));
        orders.createIndex(json("{\"key\": {\"day\": 1}}"));
        orders.createIndex(json("{\"key\": {\"_id\": 1, \"day\": 1}, \"unique\": true}"));
        find(FindRequest.of(json("{\"day\": 3}")));

        assertEquals(
                List.of(new StringValue("customer_1"), new StringValue("customer_1_day_1")),
                names("unused"));
        assertEquals(List.of(new StringValue("customer_1")), names("redundant"));
        assertEquals(new StringValue("customer_1_day_1"), told("redundant").get(0).get("servedBy"));
    }

    @Test
    void queries_whose_hinted_index_is_gone_are_planned_without_it() {
        fill();
        orders.createIndex(json("{\"key\": {\"day\": 1}}"));
        find(FindRequest.of(json("{\"customer\": 3}")).withHint(new StringValue("day_1")));
        orders.dropIndex(new StringValue("day_1"));

        assertEquals(json("{\"customer\": 1}"), told("advised").get(0).get("key"));
    }

    @Test
    void a_collection_that_does_not_exist_has_no_advice() {
        assertThrows(SmilodonException.class, orders.planning()::adviseIndexes);
    }
}
