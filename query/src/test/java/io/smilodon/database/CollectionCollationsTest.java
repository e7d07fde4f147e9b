package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.ids;
import static io.smilodon.database.Json.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.stream.ChangeStream;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CollectionCollationsTest extends CollationFixture {

    private DocumentCollection collated(String name) {
        database.createCollection(name, Document.of("collation", NO_CASE));
        return database.collection(name);
    }

    private String aggregate(String... stages) {
        AggregateOptions options = AggregateOptions.DEFAULTS.withCollation(NO_CASE);
        return text(plain.aggregate(docs(stages), options));
    }

    // ---- Collections with a collation

    @Test
    void a_collection_has_a_collation_for_all_that_names_none() {
        DocumentCollection people = collated("people");
        fill(people);

        assertEquals("1 3", ids(people.find(byId("{'n': 'aNN'}"))));
        assertEquals("1", ids(people.find(byId("{'n': 'ann'}").withCollation(SIMPLE))));
        assertEquals(2, people.count(doc("{'n': 'aNN'}")));
        assertEquals(3, people.distinct("n", Document.EMPTY).size());
        assertEquals(
                "{'n':2}",
                text(people.aggregate(docs("{'$match': {'n': 'aNN'}}", "{'$count': 'n'}"))));
        assertEquals(
                2,
                people.updateMany(doc("{'n': 'aNN'}"), doc("{'$set': {'m': 1}}")).matchedCount());
        assertEquals(2, people.deleteMany(doc("{'n': 'aNN'}")).deletedCount());
        assertTrue(database.collections().stream().anyMatch(one -> one.options().has("collation")));
        assertCode(48, () -> database.createCollection("people"));
    }

    @Test
    void ids_are_unique_by_it() {
        DocumentCollection people = collated("people");
        people.insertOne(doc("{'_id': 'Ann', 'x': 1}"));

        SmilodonException error = assertCode(11000, () -> people.insertOne(doc("{'_id': 'ANN'}")));
        assertTrue(error.getMessage().contains("dup key: { _id: \"CollationKey(0x"));
        assertTrue(error.getMessage().contains(" collation: { locale: \"en\""));
        assertEquals(
                "{'_id':'Ann','x':1}", text(people.findOne(doc("{'_id': 'aNN'}")).orElseThrow()));
        assertEquals("'Ann'", ids(people.find(doc("{'_id': {'$in': ['ANN', 'bob']}}"))));
        assertEquals("", ids(people.find(byId("{'_id': 'ANN'}").withCollation(SIMPLE))));
        assertEquals("'Ann'", ids(people.find(byId("{'_id': 'Ann'}").withCollation(SIMPLE))));
        assertTrue(people.findById(new StringValue("ann")).isPresent());
        assertEquals(
                1,
                people.updateOne(doc("{'_id': 'ANN'}"), doc("{'$set': {'x': 2}}")).modifiedCount());
        assertCode(66, () -> people.replaceOne(doc("{'_id': 'ANN'}"), doc("{'_id': 'ANN'}")));
        assertEquals(1, people.deleteOne(doc("{'_id': 'ANN'}")).deletedCount());
        people.insertOne(doc("{'_id': 'ANN'}"));
        assertEquals(List.of(), people.verify());
    }

    @Test
    void its_ids_lie_in_its_order() {
        DocumentCollection people = collated("people");
        people.insertMany(docs("{'_id': 'b'}", "{'_id': 'C'}", "{'_id': 'A'}", "{'_id': 1}"), true);

        assertEquals("1 'A' 'b' 'C'", ids(people.find(byId("{}"))));
        assertEquals("1 'A' 'C' 'b'", ids(people.find(byId("{}").withCollation(SIMPLE))));
        assertEquals("'b' 'C'", ids(people.find(byId("{'_id': {'$gt': 'a'}}"))));
        assertEquals("'b'", ids(people.find(byId("{'_id': {'$gt': 'a'}}").withCollation(SIMPLE))));
    }

    @Test
    void change_streams_show_ids_as_they_were() {
        DocumentCollection people = collated("people");
        people.insertOne(doc("{'_id': 'Ann'}"));
        try (ChangeStream stream = people.watch()) {
            people.deleteOne(doc("{'_id': 'ANN'}"));
            Document event = stream.next(Duration.ofSeconds(10)).orElseThrow();
            assertEquals("{'_id':'Ann'}", text(event.get("documentKey")));
        }
    }

    @Test
    void validators_compare_by_it() {
        database.createCollection(
                "rated",
                doc("{'validator': {'r': {'$in': ['good', 'bad']}}}").with("collation", NO_CASE));
        DocumentCollection rated = database.collection("rated");
        rated.insertOne(doc("{'r': 'GOOD'}"));
        assertCode(121, () -> rated.insertOne(doc("{'r': 'fine'}")));
    }

    @Test
    void it_stays_with_the_collection(@TempDir Path directory) {
        try (Smilodon stored = Smilodon.open(directory)) {
            stored.database("d").createCollection("c", Document.of("collation", NO_CASE));
            DocumentCollection kept = stored.database("d").collection("c");
            kept.createIndex(doc("{'key': {'n': 1}}"));
            kept.insertOne(doc("{'_id': 'Ann', 'n': 'x'}"));
        }
        try (Smilodon stored = Smilodon.open(directory)) {
            DocumentCollection kept = stored.database("d").collection("c");
            assertTrue(kept.findById(new StringValue("ANN")).isPresent());
            assertEquals(1, kept.count(doc("{'n': 'X'}")));
            assertEquals(List.of(), kept.verify());
        }
    }

    // ---- Views

    @Test
    void rule_123_views_inherit_no_collation_and_take_no_other_than_their_own() {
        Document view = doc("{'viewOn': 'plain'}");
        database.createCollection("v", view.with("collation", NO_CASE));
        database.createCollection("w", view);
        database.createCollection("folding", Document.of("collation", NO_CASE));
        database.collection("folding").insertOne(doc("{'_id': 1, 'n': 'Ann'}"));
        database.createCollection("onFolding", doc("{'viewOn': 'folding'}"));
        assertEquals(1, database.collection("folding").count(doc("{'n': 'aNN'}")));
        assertEquals(0, database.collection("onFolding").count(doc("{'n': 'aNN'}")));
        DocumentCollection seen = database.collection("v");

        assertEquals("1 3", ids(seen.find(byId("{'n': 'aNN'}"))));
        assertEquals("1 3", ids(seen.find(byId("{'n': 'aNN'}").withCollation(NO_CASE))));
        assertCode(167, () -> seen.find(byId("{}").withCollation(SIMPLE)));
        assertCode(167, () -> database.collection("w").find(byId("{}").withCollation(NO_CASE)));
        assertEquals("", ids(database.collection("w").find(byId("{'n': 'aNN'}"))));
        assertCode(167, () -> text(plain.aggregate(docs("{'$unionWith': 'v'}"))));
        assertCode(167, () -> database.createCollection("x", doc("{'viewOn': 'v'}")));
        assertTrue(
                database.createCollection("x", doc("{'viewOn': 'v'}").with("collation", NO_CASE)));
    }

    // ---- Indexes

    private static String plan(DocumentCollection collection, FindRequest request) {
        try (DocumentCursor cursor = collection.find(request)) {
            return cursor.planSummary();
        }
    }

    @Test
    void an_index_answers_for_strings_of_its_own_collation_only() {
        for (int i = 10; i < 300; i++) {
            plain.insertOne(doc("{'_id': " + i + ", 'n': 'n" + i + "'}"));
        }
        plain.createIndex(doc("{'key': {'n': 1}, 'name': 'i'}").with("collation", NO_CASE));
        FindRequest ann = byId("{'n': 'aNN'}");

        assertEquals("IXSCAN i", plan(plain, ann.withCollation(NO_CASE)));
        assertEquals("COLLSCAN", plan(plain, ann));
        assertEquals("IXSCAN i", plan(plain, byId("{'n': 7}")));
        assertEquals("4", ids(plain.find(byId("{'n': 7}"))));
        assertEquals("4", ids(plain.find(byId("{'n': {'$lt': 8}}"))));
        assertEquals("1 3", ids(plain.find(ann.withCollation(NO_CASE))));
        assertEquals("", ids(plain.find(ann)));
        FindRequest sorted = FindRequest.of(Document.EMPTY).withSort(doc("{'n': 1}")).withLimit(2);
        assertEquals("IXSCAN i", plan(plain, sorted.withCollation(NO_CASE)));
        assertEquals("COLLSCAN", plan(plain, sorted));
        assertEquals("4 1", ids(plain.find(sorted.withCollation(NO_CASE))));
        FindRequest hinted = ann.withHint(new StringValue("i"));
        assertEquals("", ids(plain.find(hinted)));
        FindRequest projected = ann.withProjection(doc("{'_id': 0, 'n': 1}"));
        assertEquals("{'n':'ann'}{'n':'ANN'}", text(plain.find(projected.withCollation(NO_CASE))));
        assertEquals(List.of(), plain.verify());
    }

    @Test
    void explain_shows_it() {
        plain.createIndex(doc("{'key': {'n': 1}, 'name': 'i'}").with("collation", NO_CASE));
        Document told =
                plain.explain(
                        byId("{'n': 'aNN'}").withHint(new StringValue("i")).withCollation(NO_CASE),
                        Verbosity.EXECUTION_STATS);

        String planner = text(told.get("queryPlanner"));
        assertTrue(planner.contains("'collation':{'locale':'en'"), planner);
        assertTrue(planner.contains("'indexBounds':{'n':['[CollationKey(0x"), planner);
    }

    @Test
    void a_unique_index_takes_equal_strings_for_one() {
        plain.deleteOne(doc("{'_id': 3}"));
        plain.createIndex(
                doc("{'key': {'n': 1}, 'name': 'i', 'unique': true}").with("collation", NO_CASE));

        SmilodonException error = assertCode(11000, () -> plain.insertOne(doc("{'n': 'BOB'}")));
        assertEquals(
                NO_CASE.get("locale"), ((Document) error.details().get("collation")).get("locale"));
        assertEquals("{'n':1}", text((Value) error.details().get("keyPattern")));
        assertTrue(
                text((Value) error.details().get("keyValue")).startsWith("{'n':'CollationKey(0x"));
        plain.insertOne(doc("{'n': 'bobby'}"));
        assertCode(
                11000,
                () ->
                        database.collection("plain")
                                .updateOne(doc("{'_id': 1}"), doc("{'$set': {'n': 'BOBBY'}}")));
    }

    @Test
    void an_index_inherits_the_collation_and_may_have_another() {
        DocumentCollection people = collated("people");
        people.createIndex(doc("{'key': {'n': 1}}"));
        people.createIndex(
                doc("{'key': {'n': 1}, 'name': 'simple', 'collation': {'locale': 'simple'}}"));
        people.createIndex(doc("{'key': {'_id': 1}}"));

        List<String> shown = people.indexes().stream().map(index -> text(index)).toList();
        assertTrue(shown.get(0).contains("'name':'_id_','collation':{'locale':'en'"));
        assertTrue(shown.get(1).contains("'name':'n_1','collation':{'locale':'en'"));
        assertTrue(shown.get(1).contains("'version':'"));
        assertFalse(shown.get(2).contains("collation"));
        assertCode(
                85,
                () ->
                        people.createIndex(
                                doc("{'key': {'n': 1}, 'name': 'x'}").with("collation", NO_CASE)));
        assertCode(
                86,
                () ->
                        people.createIndex(
                                doc(
                                        "{'key': {'n': 1}, 'name': 'n_1', 'collation': {'locale':"
                                                + " 'fr'}}")));
        assertCode(
                2,
                () ->
                        people.createIndex(
                                doc("{'key': {'_id': 1}, 'collation': {'locale': 'fr'}}")));
        assertCode(
                2,
                () -> people.createIndex(doc("{'key': {'a': 1}, 'collation': {'locale': 'q'}}")));
    }

    @Test
    void merge_wants_an_index_of_the_collation_of_the_pipeline() {
        DocumentCollection target = database.collection("target");
        target.createIndex(doc("{'key': {'n': 1}, 'unique': true}"));
        String stage = "{'$merge': {'into': 'target', 'on': 'n'}}";
        String first = "{'$match': {'_id': 1}}";

        assertCode(51183, () -> aggregate(first, "{'$unset': '_id'}", stage));
        target.createIndex(
                doc("{'key': {'n': 1}, 'name': 'i', 'unique': true}").with("collation", NO_CASE));
        target.insertOne(doc("{'_id': 9, 'n': 'ANN'}"));
        aggregate(first, "{'$project': {'_id': 0, 'n': 'Ann', 'm': 'new'}}", stage);
        assertEquals("{'_id':9,'n':'Ann','m':'new'}", text(target.find(Document.EMPTY)));
    }
}
