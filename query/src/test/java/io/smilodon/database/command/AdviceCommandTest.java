package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DoubleValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What the command {@code adviseIndexes} answers. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AdviceCommandTest {

    private static final int DOCUMENTS = 500;

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void fill() {
        StringBuilder orders = new StringBuilder("{'_id': 0, 'customer': 0, 'day': 0}");
        for (int id = 1; id < DOCUMENTS; id++) {
            orders.append(
                    ", {'_id': %d, 'customer': %d, 'day': %d}".formatted(id, id % 50, id / 10));
        }
        server.ok("{'insert': 'orders', 'documents': [" + orders + "]}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Document advice() {
        return server.ok("{'adviseIndexes': 'orders'}");
    }

    private static List<Document> list(Document told, String name) {
        return ((ArrayValue) told.get(name)).elements().stream().map(Document.class::cast).toList();
    }

    private static List<String> names(Document document) {
        List<String> names = new ArrayList<>();
        document.forEach(field -> names.add(field.name()));
        return names;
    }

    @Test
    void an_index_that_would_help_comes_with_what_it_saves_and_whom_it_helps() {
        for (int time = 0; time < 10; time++) {
            server.ok(
                    "{'find': 'orders', 'filter': {'customer': %d}, 'sort': {'day': 1}}"
                            .formatted(time));
        }

        Document told = advice();

        assertEquals(List.of("ns", "advised", "unused", "redundant", "shapes"), names(told));
        assertEquals("'cinema.orders'", Json.text(told.get("ns")));
        assertEquals(1, list(told, "advised").size());
        Document advised = list(told, "advised").getFirst();
        assertEquals(
                List.of("key", "savedShare", "costBefore", "costAfter", "queries"), names(advised));
        assertEquals("{'customer':1,'day':1}", Json.text(advised.get("key")));
        long before = CommandServer.number(advised, "costBefore");
        long after = CommandServer.number(advised, "costAfter");
        assertTrue(after > 0 && after < before / 5, () -> Json.text(advised));
        double share = ((DoubleValue) advised.get("savedShare")).value();
        assertEquals((before - after) / (double) before, share, 0.01);

        Document helped = list(advised, "queries").getFirst();
        assertEquals(list(told, "shapes").getFirst(), helped);
        assertEquals(10, CommandServer.number(helped, "count"));
        assertEquals(10 * DOCUMENTS, CommandServer.number(helped, "docsExamined"));
        assertEquals(100, CommandServer.number(helped, "nReturned"));
        assertEquals("{'day':1}", Json.text(helped.get("sort")));
    }

    @Test
    void an_index_that_is_there_is_advised_no_more() {
        String find = "{'find': 'orders', 'filter': {'customer': 7}}";
        server.ok(find);
        assertEquals("{'customer':1}", key(advice()));

        createIndex("{'customer': 1}", "");

        assertEquals(List.of(), list(advice(), "advised"));
    }

    @Test
    void an_index_that_is_only_hidden_is_named() {
        createIndex("{'customer': 1}", ", 'hidden': true");
        server.ok("{'find': 'orders', 'filter': {'customer': 7}}");

        Document told = advice();

        assertEquals("{'customer':1}", key(told));
        assertEquals("'customer'", Json.text(list(told, "advised").getFirst().get("hidden")));
        server.ok("{'collMod': 'orders', 'index': {'name': 'customer', 'hidden': false}}");
        assertEquals(List.of(), list(advice(), "advised"));
    }

    @Test
    void an_index_is_advised_for_a_value_that_no_document_has() {
        server.ok("{'find': 'orders', 'filter': {'lost': 7}}");

        assertEquals("{'lost':1}", key(advice()));
    }

    private static String key(Document told) {
        return Json.text(list(told, "advised").getFirst().get("key"));
    }

    private void createIndex(String key, String options) {
        String name = key.replaceAll("[^a-z]", "");
        server.ok(
                "{'createIndexes': 'orders', 'indexes': [{'key': %s, 'name': '%s' %s}]}"
                        .formatted(key, name, options));
    }

    @Test
    void unused_and_redundant_indexes_are_told() {
        createIndex("{'customer': 1}", "");
        createIndex("{'customer': 1, 'day': 1}", "");
        createIndex("{'day': 1}", "");
        createIndex("{'serial': 1}", ", 'unique': true, 'sparse': true");
        createIndex("{'until': 1}", ", 'expireAfterSeconds': 9");
        server.ok("{'find': 'orders', 'filter': {'day': 3}}");

        Document told = advice();

        List<Document> unused = list(told, "unused");
        assertEquals(List.of("'customer'", "'customerday'"), names(unused, "name"));
        assertTrue(unused.getFirst().get("since") instanceof DateValue);
        List<Document> redundant = list(told, "redundant");
        assertEquals("[{'name':'customer','servedBy':'customerday'}]", text(redundant));
        server.ok("{'find': 'orders', 'filter': {'customer': 3}, 'hint': 'customer'}");
        assertEquals(List.of("'customerday'"), names(list(advice(), "unused"), "name"));
    }

    private static List<String> names(List<Document> documents, String field) {
        return documents.stream().map(each -> Json.text(each.get(field))).toList();
    }

    private static String text(List<Document> documents) {
        return Json.text(ArrayValue.of(List.<Value>copyOf(documents)));
    }

    @Test
    void nothing_is_told_where_nobody_asked_for_anything() {
        assertEquals(
                "{'ns':'cinema.orders','advised':[],'unused':[],'redundant':[],'shapes':[]}",
                Json.text(advice()));
    }
}
