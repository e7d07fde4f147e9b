package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IndexCommandsTest {

    private Smilodon smilodon;
    private DocumentCollection films;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        films = smilodon.database("cinema").collection("films");
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private List<String> names() {
        return films.indexes().stream()
                .map(index -> ((StringValue) index.get("name")).value())
                .toList();
    }

    private static Value name(String name) {
        return new StringValue(name);
    }

    private long countBy(String index, String filter) {
        return films.count(FindRequest.of(doc(filter)).withHint(name(index)));
    }

    @Test
    void an_index_is_filled_with_the_documents_there_are() {
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < 2_500; id++) {
            documents.add(Document.builder().put("_id", id).put("a", id % 10).build());
        }
        films.insertMany(documents, true);

        CreateIndexResult result = films.createIndex(doc("{'key': {'a': 1}}"));

        assertEquals(new CreateIndexResult("a_1", 1, 2, Optional.empty()), result);
        assertEquals(List.of("_id_", "a_1"), names());
        assertEquals(250, countBy("a_1", "{'a': 3}"));
        try (DocumentCursor cursor = films.find(doc("{'a': 3}"))) {
            assertTrue(cursor.planSummary().contains("IXSCAN"), cursor::planSummary);
        }
    }

    @Test
    void the_same_index_again_is_a_note() {
        films.createIndex(doc("{'key': {'a': 1}}"));

        CreateIndexResult again = films.createIndex(doc("{'key': {'a': 1}}"));

        assertEquals(
                new CreateIndexResult("a_1", 2, 2, Optional.of("all indexes already exist")),
                again);
        assertEquals(
                Optional.of("all indexes already exist"),
                films.createIndex(doc("{'key': {'_id': 1}}")).note());
    }

    @Test
    void conflicting_specifications_are_refused() {
        films.createIndex(doc("{'key': {'a': 1}}"));

        assertCode(85, () -> films.createIndex(doc("{'key': {'a': 1}, 'name': 'other'}")));
        assertCode(86, () -> films.createIndex(doc("{'key': {'b': 1}, 'name': 'a_1'}")));
        assertCode(67, () -> films.createIndex(doc("{'key': {'a': 0}}")));
        assertCode(9, () -> films.createIndex(doc("{'name': 'x'}")));
        assertCode(197, () -> films.createIndex(doc("{'key': {'c': 1}, 'uniqeu': true}")));
        assertEquals(List.of("_id_", "a_1"), names());
    }

    @Test
    void the_same_key_with_and_without_unique_may_coexist() {
        films.createIndex(doc("{'key': {'a': 1}}"));
        films.createIndex(doc("{'key': {'a': 1}, 'unique': true, 'name': 'u'}"));

        assertEquals(List.of("_id_", "a_1", "u"), names());
        assertCode(181, () -> films.dropIndex(doc("{'a': 1}")));
    }

    @Test
    void a_collection_has_64_indexes_at_most() {
        for (int index = 1; index < 64; index++) {
            films.createIndex(doc("{'key': {'f" + index + "': 1}}"));
        }
        assertCode(67, () -> films.createIndex(doc("{'key': {'f64': 1}}")));
        assertEquals(64, films.indexes().size());
    }

    @Test
    void a_unique_index_on_documents_that_violate_it_is_discarded() {
        films.insertMany(docs("{'_id': 1, 'a': 1}", "{'_id': 2, 'a': [0, 1]}"), true);

        assertCode(11000, () -> films.createIndex(doc("{'key': {'a': 1}, 'unique': true}")));

        assertEquals(List.of("_id_"), names());
        films.insertOne(doc("{'_id': 3, 'a': 1}"));
        films.deleteOne(doc("{'_id': 1}"));
        films.deleteOne(doc("{'_id': 3}"));
        films.createIndex(doc("{'key': {'a': 1}, 'unique': true}"));
        assertEquals(1, countBy("a_1", "{'a': 1}"));
        assertCode(11000, () -> films.insertOne(doc("{'_id': 4, 'a': 1}")));
    }

    @Test
    void parallel_arrays_are_refused_by_the_build_and_by_writes() {
        films.insertOne(doc("{'_id': 1, 'a': [1], 'b': [1]}"));
        assertCode(171, () -> films.createIndex(doc("{'key': {'a': 1, 'b': 1}}")));
        films.deleteOne(doc("{}"));
        films.createIndex(doc("{'key': {'a': 1, 'b': 1}}"));
        assertCode(171, () -> films.insertOne(doc("{'_id': 1, 'a': [1], 'b': [1]}")));
        assertEquals(0, films.count(doc("{}")));
    }

    @Test
    void indexes_are_dropped_by_name_key_or_all_at_once() {
        for (String field : List.of("a", "b", "c", "d", "e")) {
            films.createIndex(doc("{'key': {'" + field + "': 1}}"));
        }

        films.dropIndex(name("a_1"));
        films.dropIndex(doc("{'b': {'$numberDouble': '1'}}"));
        films.dropIndex(Json.value("['c_1', 'd_1']"));
        assertEquals(List.of("_id_", "e_1"), names());
        films.dropIndex(name("*"));
        assertEquals(List.of("_id_"), names());
    }

    @Test
    void what_cannot_be_dropped_is_refused() {
        assertCode(26, () -> films.dropIndex(name("a_1")));
        films.insertOne(doc("{'_id': 1}"));

        assertCode(72, () -> films.dropIndex(name("_id_")));
        assertCode(72, () -> films.dropIndex(doc("{'_id': 1}")));
        assertCode(27, () -> films.dropIndex(name("a_1")));
        assertCode(27, () -> films.dropIndex(doc("{'a': 1}")));
        assertCode(14, () -> films.dropIndex(Value.of(1)));
    }

    @Test
    void an_index_that_was_dropped_can_be_created_anew() {
        films.createIndex(doc("{'key': {'a': 1}}"));
        films.insertOne(doc("{'_id': 1, 'a': 1}"));
        films.dropIndex(name("a_1"));
        films.insertOne(doc("{'_id': 2, 'a': 1}"));
        films.createIndex(doc("{'key': {'a': 1}}"));

        assertEquals(2, countBy("a_1", "{'a': 1}"));
    }

    @Test
    void an_index_learns_of_arrays_from_single_writes_and_from_many() {
        films.createIndex(doc("{'key': {'a': 1}}"));
        films.createIndex(doc("{'key': {'b': 1}}"));
        films.insertOne(doc("{'_id': 1, 'a': [1, 5]}"));
        films.insertMany(docs("{'_id': 2, 'a': 3, 'b': 1}", "{'_id': 3, 'b': [2, 8]}"), true);

        // One element is above 4, another below 2: only bounds that know of arrays find it.
        assertEquals(1, countBy("a_1", "{'a': {'$gt': 4, '$lt': 2}}"));
        assertEquals(1, countBy("b_1", "{'b': {'$gt': 7, '$lt': 3}}"));
    }

    @Test
    void an_index_whose_collection_is_dropped_while_it_is_built_is_an_error() {
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < 10_000; id++) {
            documents.add(Document.of("_id", Value.of(id)));
        }
        films.insertMany(documents, true);
        OperationScope operation = new OperationScope(0);
        operation.run(
                () -> {
                    OperationScope.followedBy(
                            progress -> assertTrue(!isBuilding() || films.drop()));
                    assertCode(276, () -> films.createIndex(doc("{'key': {'a': 1}}")));
                    return true;
                });
        assertEquals(0, films.count(Document.EMPTY));
    }

    private boolean isBuilding() {
        List<Document> uses = List.of(doc("{'$indexStats': {}}"));
        return Json.text(films.aggregate(uses)).contains("'building':true");
    }
}
