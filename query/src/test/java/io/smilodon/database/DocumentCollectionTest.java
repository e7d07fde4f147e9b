package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Limits;
import io.smilodon.engine.codec.KeyCodec;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentCollectionTest extends CollectionFixture {

    private final DocumentCollection films = collection;

    DocumentCollectionTest() {
        super("cinema", "films");
    }

    private String all() {
        return text(films.find(FindRequest.of(Document.EMPTY).withSort(doc("{'_id': 1}"))));
    }

    @Test
    void an_insert_creates_the_collection_and_generates_an_id_that_comes_first() {
        assertFalse(films.exists());

        Value id = films.insertOne(doc("{'title': 'Heat'}")).insertedId();

        assertInstanceOf(ObjectId.class, id);
        assertTrue(films.exists());
        Document stored = films.findOne(Document.EMPTY).orElseThrow();
        assertEquals("_id", stored.iterator().next().name());
        assertEquals(id, stored.get("_id"));
    }

    @Test
    void a_second_document_with_the_id_is_refused_in_the_words_of_mongodb() {
        films.insertOne(doc("{'_id': 1}"));

        SmilodonException error =
                assertCode(11000, () -> films.insertOne(doc("{'_id': {'$numberDouble': '1'}}")));

        assertEquals(
                "E11000 duplicate key error collection: cinema.films index: _id_ dup key:"
                        + " { _id: 1.0 }",
                error.template());
        assertEquals(doc("{'_id': 1}"), error.details().get("keyPattern"));
    }

    @Test
    void an_array_a_regex_or_undefined_is_no_id() {
        assertCode(53, () -> films.insertOne(doc("{'_id': [1]}")));
        assertCode(
                53,
                () ->
                        films.insertOne(
                                doc(
                                        "{'_id': {'$regularExpression': {'pattern': 'a', 'options': ''}}}")));
        assertCode(53, () -> films.insertOne(doc("{'_id': {'$undefined': true}}")));
    }

    @Test
    void an_id_of_the_greatest_length_is_taken_and_a_longer_one_refused() {
        int overhead = KeyCodec.encode(new StringValue("")).length;
        String longest = "x".repeat(Limits.ID_BYTES_MAX - overhead);

        films.insertOne(Document.of("_id", new StringValue(longest)));
        assertCode(2, () -> films.insertOne(Document.of("_id", new StringValue(longest + "x"))));

        assertEquals(1, films.count(Document.EMPTY));
    }

    @Test
    void a_document_over_16_mebibytes_is_refused_with_the_code_of_its_way_in() {
        Value half = new StringValue("x".repeat(9 << 20));
        Document tooLarge = Document.builder().put("_id", 1).put("a", half).put("b", half).build();

        assertCode(10334, () -> films.insertOne(tooLarge));
        films.insertOne(Document.builder().put("_id", 1).put("a", half).build());
        Document setB = Document.of("$set", Document.of("b", half));
        assertCode(17419, () -> films.updateOne(doc("{'_id': 1}"), setB));
        Document setBoth =
                Document.of("$set", Document.builder().put("a", half).put("b", half).build());
        assertCode(
                17420,
                () ->
                        films.updateOne(
                                doc("{'_id': 2}"),
                                setBoth,
                                UpdateOptions.DEFAULTS.withUpsert(true)));

        assertEquals(1, films.count(Document.EMPTY));
    }

    @Test
    void users_do_not_write_to_system_collections() {
        DocumentCollection users = smilodon.database("cinema").collection("system.users");
        assertCode(73, () -> users.insertOne(doc("{'_id': 1}")));
        assertCode(73, () -> users.deleteMany(Document.EMPTY));
        assertCode(73, () -> users.createIndex(doc("{'key': {'a': 1}}")));
        assertFalse(users.exists());
    }

    @Test
    void an_ordered_insert_of_many_stops_at_the_first_error() {
        InsertManyResult result =
                films.insertMany(
                        docs("{'_id': 1}", "{'_id': 2}", "{'_id': 1}", "{'_id': 3}"), true);

        assertEquals(List.of(0, 1), List.copyOf(result.insertedIds().keySet()));
        assertEquals(1, result.writeErrors().size());
        assertEquals(2, result.writeErrors().get(0).index());
        assertEquals(11000, result.writeErrors().get(0).code().number());
        assertEquals("{'_id':1}{'_id':2}", all());
    }

    @Test
    void an_unordered_insert_of_many_reports_every_error_by_its_position() {
        films.createIndex(doc("{'key': {'k': 1}, 'unique': true}"));
        films.createIndex(doc("{'key': {'z': 1}}"));

        InsertManyResult result =
                films.insertMany(
                        docs(
                                "{'_id': 1, 'k': 1}",
                                "{'_id': [1], 'k': 2}",
                                "{'_id': 2, 'k': 1}",
                                "{'_id': 3, 'k': [5, 6]}",
                                "{'_id': 4, 'k': [7, 6]}",
                                "{'_id': 1, 'k': 8}",
                                "{'_id': 5, 'k': 9}"),
                        false);

        assertEquals(List.of(0, 3, 6), List.copyOf(result.insertedIds().keySet()));
        assertEquals(
                List.of(1, 2, 4, 5), result.writeErrors().stream().map(WriteError::index).toList());
        assertEquals(doc("{'k': 1}"), result.writeErrors().get(1).keyPattern().orElseThrow());
        assertEquals(3, films.count(Document.EMPTY));
        // A failed document has left nothing in any index.
        assertEquals(
                0, films.count(FindRequest.of(doc("{'k': 7}")).withHint(new StringValue("k_1"))));
        assertEquals(
                3,
                films.count(FindRequest.of(doc("{'z': null}")).withHint(new StringValue("z_1"))));
    }

    @Test
    void a_bulk_of_no_documents_is_refused() {
        assertCode(16, () -> films.insertMany(List.of(), true));
    }

    @Test
    void many_documents_go_in_by_parts() {
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < 2_500; id++) {
            documents.add(Document.builder().put("_id", id).put("n", id % 7).build());
        }

        assertEquals(2_500, films.insertMany(documents, true).insertedCount());
        assertEquals(2_500, films.count(Document.EMPTY));
        assertEquals(2_500, films.estimatedCount());
        assertEquals(
                358, films.updateMany(doc("{'n': 0}"), doc("{'$set': {'m': 1}}")).modifiedCount());
        assertEquals(2_142, films.deleteMany(doc("{'n': {'$ne': 0}}")).deletedCount());
        assertEquals(358, films.estimatedCount());
    }

    @Test
    void a_collection_that_does_not_exist_is_empty_and_its_queries_are_checked_all_the_same() {
        assertEquals("", all());
        assertEquals(0, films.count(Document.EMPTY));
        assertEquals(0, films.estimatedCount());
        assertEquals(List.of(), films.distinct("a", Document.EMPTY));
        assertEquals(Optional.empty(), films.findById(Value.of(1)));
        assertEquals(Optional.empty(), films.stats());
        assertEquals(0, films.deleteMany(Document.EMPTY).deletedCount());
        assertEquals(0, films.updateMany(doc("{}"), doc("{'$set': {'a': 1}}")).matchedCount());
        assertCode(2, () -> films.find(doc("{'a': {'$gtt': 1}}")));
        assertCode(9, () -> films.updateOne(doc("{}"), doc("{'$sett': {'a': 1}}")));
        assertFalse(films.exists());
    }

    @Test
    void sort_skip_limit_and_projection_apply_in_this_order() {
        films.insertMany(
                docs("{'_id': 1, 'a': 3}", "{'_id': 2, 'a': 1}", "{'_id': 3, 'a': 2}"), true);

        FindRequest request =
                FindRequest.of(doc("{}"))
                        .withSort(doc("{'a': -1}"))
                        .withSkip(1)
                        .withLimit(1)
                        .withProjection(doc("{'_id': 0, 'a': 1}"));

        assertEquals("{'a':2}", text(films.find(request)));
        assertEquals(1, films.count(request));
        assertEquals(2, films.count(FindRequest.of(doc("{}")).withSkip(1)));
    }

    @Test
    void negative_numbers_are_refused() {
        assertCode(51024, () -> FindRequest.of(doc("{}")).withSkip(-1));
        assertCode(51024, () -> FindRequest.of(doc("{}")).withLimit(-1));
        assertCode(51024, () -> FindRequest.of(doc("{}")).withMaxTimeMillis(-1));
    }

    /** There is no index that it could name; MongoDB does not look at it either. */
    @Test
    void a_hint_for_a_collection_that_does_not_exist_is_not_looked_at() {
        DocumentCollection nothing = smilodon.database("cinema").collection("nothing");
        FindRequest request = FindRequest.of(Document.EMPTY).withHint(new StringValue("year_1"));
        assertEquals("", text(nothing.find(request)));
        assertEquals(0, nothing.count(request));
        nothing.explain(request, Verbosity.EXECUTION_STATS);
    }

    @Test
    void a_hint_that_names_no_index_is_refused() {
        films.insertOne(doc("{'_id': 1}"));
        assertCode(
                2, () -> films.find(FindRequest.of(doc("{}")).withHint(new StringValue("nope"))));
    }

    @Test
    void a_cursor_sees_one_snapshot_for_life() {
        films.insertMany(docs("{'_id': 1}", "{'_id': 2}"), true);
        try (DocumentCursor cursor = films.find(Document.EMPTY)) {
            films.deleteOne(doc("{'_id': 1}"));
            films.insertOne(doc("{'_id': 3}"));
            films.drop();
            films.insertOne(doc("{'_id': 4}"));

            assertEquals("{'_id':1}{'_id':2}", text(cursor));
        }
        assertEquals("{'_id':4}", all());
    }

    private String distinct(String path) {
        return text(ArrayValue.of(films.distinct(path, Document.EMPTY)));
    }

    @Test
    void distinct_takes_the_elements_of_arrays_and_equal_numbers_once() {
        films.insertMany(
                docs(
                        "{'_id': 1, 'a': [1, 2, [3]]}",
                        "{'_id': 2, 'a': {'$numberDouble': '2'}}",
                        "{'_id': 3, 'b': [{'c': 'x'}, {'c': ['y', 'x']}, 7]}"),
                true);

        assertEquals("[1,2,[3]]", distinct("a"));
        assertEquals("['x','y']", distinct("b.c"));
        assertEquals("[7,{'c':'x'},{'c':['y','x']}]", distinct("b"));
        assertEquals("['x']", distinct("b.0.c"));
        assertEquals(List.of(), films.distinct("a", doc("{'_id': 3}")));
        assertCode(2, () -> films.distinct("", doc("{}")));
    }

    @Test
    void an_operation_that_takes_too_long_is_ended() {
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < 5_000; id++) {
            documents.add(Document.builder().put("_id", id).build());
        }
        films.insertMany(documents, true);
        FindRequest slow = FindRequest.of(doc("{'a': {'$ne': 2}}")).withMaxTimeMillis(1);
        assertCode(
                50,
                () -> {
                    long start = System.nanoTime();
                    try (DocumentCursor cursor = films.find(slow)) {
                        while (System.nanoTime() - start < 5_000_000) {
                            Thread.onSpinWait();
                        }
                        cursor.forEachRemaining(document -> {});
                    }
                });
    }
}
