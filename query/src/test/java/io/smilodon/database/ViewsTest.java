package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ViewsTest {

    private static final Document ALL = Document.EMPTY;
    private static final AggregateOptions DEFAULTS = AggregateOptions.DEFAULTS;

    private Smilodon smilodon;
    private Database database;
    private DocumentCollection films;
    private DocumentCollection old;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        database = smilodon.database("d");
        films = database.collection("films");
        films.insertMany(
                docs(
                        "{'_id': 1, 'year': 1950, 'tags': ['a', 'b']}",
                        "{'_id': 2, 'year': 1995, 'tags': ['b']}",
                        "{'_id': 3, 'year': 1960, 'tags': ['c']}",
                        "{'_id': 4, 'year': 2020, 'tags': []}"),
                true);
        view("old", "films", "[{'$match': {'year': {'$lt': 2000}}}, {'$set': {'old': true}}]");
        old = database.collection("old");
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private boolean view(String name, String source, String pipeline) {
        return database.createCollection(
                name, doc("{'viewOn': '" + source + "', 'pipeline': " + pipeline + "}"));
    }

    private String ids(DocumentCursor cursor) {
        List<String> ids = new ArrayList<>();
        try (cursor) {
            cursor.forEachRemaining(document -> ids.add(text(document.get("_id"))));
        }
        return String.join(" ", ids);
    }

    // ---- Reading

    @Test
    void a_view_shows_what_its_pipeline_makes_of_the_collection() {
        assertEquals("1 2 3", ids(old.find(ALL)));
        assertEquals(
                "{'_id':2,'year':1995,'tags':['b'],'old':true}",
                text(old.findOne(doc("{'_id': 2}")).orElseThrow()));
        assertTrue(old.findOne(doc("{'_id': 4}")).isEmpty());
        assertTrue(old.exists());

        films.insertOne(doc("{'_id': 5, 'year': 1900}"));
        assertEquals("1 2 3 5", ids(old.find(ALL)));
    }

    @Test
    void a_find_filters_sorts_skips_limits_and_projects_what_the_view_shows() {
        FindRequest request =
                FindRequest.of(doc("{'old': true}"))
                        .withSort(doc("{'year': -1}"))
                        .withSkip(1)
                        .withLimit(1)
                        .withProjection(doc("{'year': 1, '_id': 0}"));

        assertEquals("{'year':1960}", text(old.find(request)));
        assertEquals("{'year':1960}", text(old.findOne(request).orElseThrow()));
    }

    @Test
    void a_find_with_variables_has_them_on_a_view_too() {
        FindRequest request =
                FindRequest.of(doc("{'$expr': {'$gt': ['$year', '$$from']}}"))
                        .withLet(doc("{'from': 1955}"))
                        .withProjection(doc("{'from': '$$from'}"));

        assertEquals("{'_id':2,'from':1955}{'_id':3,'from':1955}", text(old.find(request)));
        assertTrue(text(old.explain(request, Verbosity.QUERY_PLANNER)).contains("COLLSCAN"));
    }

    @Test
    void counts_and_distinct_values_are_those_of_the_view() {
        assertEquals(3, old.count(ALL));
        assertEquals(2, old.count(doc("{'tags': 'b'}")));
        assertEquals(1, old.count(FindRequest.of(ALL).withSkip(1).withLimit(1)));
        assertEquals(3, old.estimatedCount());
        assertEquals(3, old.distinct("tags", ALL).size());
        assertEquals(List.of(Value.of(true)), old.distinct("old", ALL));
    }

    @Test
    void a_pipeline_goes_on_where_that_of_the_view_ends() {
        List<Document> pipeline =
                docs("{'$unwind': '$tags'}", "{'$sortByCount': '$tags'}", "{'$limit': 1}");

        assertEquals("{'_id':'b','count':2}", text(old.aggregate(pipeline, DEFAULTS)));
    }

    @Test
    void a_document_of_a_view_has_the_version_of_the_last_commit() {
        VersionedDocument before = old.findById(Value.of(1)).orElseThrow();
        films.insertOne(doc("{'_id': 9, 'year': 1}"));

        assertTrue(old.findById(Value.of(1)).orElseThrow().version() > before.version());
        assertTrue(old.findById(Value.of(4)).isEmpty());
    }

    @Test
    void a_filter_on_a_view_reaches_the_index_of_the_collection() {
        films.createIndex(doc("{'key': {'tags': 1}}"));
        films.createIndex(doc("{'key': {'year': 1}}"));

        try (DocumentCursor cursor = old.find(doc("{'year': 1960}"))) {
            assertEquals("IXSCAN year_1", cursor.planSummary());
            assertEquals("d.old", cursor.namespace().toString());
        }
        FindRequest hinted = FindRequest.of(doc("{'tags': 'b'}")).withHint(value("'tags_1'"));
        try (DocumentCursor cursor = old.find(hinted)) {
            assertEquals("IXSCAN tags_1", cursor.planSummary());
            assertEquals(List.of(Value.of(1), Value.of(2)), idsOf(cursor));
        }
    }

    private static List<Value> idsOf(DocumentCursor cursor) {
        List<Value> ids = new ArrayList<>();
        cursor.forEachRemaining(document -> ids.add(document.get("_id")));
        return ids;
    }

    @Test
    void explain_tells_of_the_collection_and_of_the_whole_pipeline() {
        films.createIndex(doc("{'key': {'year': 1}}"));
        FindRequest request = FindRequest.of(doc("{'year': 1960}"));

        String explained = text(old.explain(request, Verbosity.EXECUTION_STATS));
        assertTrue(explained.contains("'namespace':'d.films'"), explained);
        assertTrue(explained.contains("IXSCAN"), explained);
        assertTrue(explained.contains("'nReturned':1"), explained);
        String pipeline =
                text(old.explain(docs("{'$count': 'n'}"), DEFAULTS, Verbosity.QUERY_PLANNER));
        assertTrue(pipeline.contains("$count"), pipeline);
        assertTrue(pipeline.contains("$set"), pipeline);
    }

    @Test
    void other_pipelines_look_up_in_views() {
        database.collection("people").insertOne(doc("{'_id': 1, 'film': 2}"));
        String join = "'localField': 'film', 'foreignField': '_id', 'as': 'found'";
        List<Document> lookup = docs("{'$lookup': {'from': 'old', " + join + "}}");

        assertEquals(
                "{'_id':1,'film':2,'found':[{'_id':2,'year':1995,'tags':['b'],'old':true}]}",
                text(database.collection("people").aggregate(lookup, DEFAULTS)));
        List<Document> inner =
                docs(
                        "{'$lookup': {'from': 'old', 'let': {'f': '$film'}, 'as': 'found',"
                                + " 'pipeline': [{'$match': {'$expr': {'$lt': ['$_id', '$$f']}}},"
                                + " {'$project': {'old': 1}}]}}");
        assertEquals(
                "{'_id':1,'film':2,'found':[{'_id':1,'old':true}]}",
                text(database.collection("people").aggregate(inner, DEFAULTS)));
    }

    @Test
    void other_pipelines_unite_with_views_and_search_in_them() {
        DocumentCollection one = database.collection("one");
        one.insertOne(doc("{'_id': 0, 'to': 1950}"));

        assertEquals("0 1 2 3", ids(one.aggregate(docs("{'$unionWith': 'old'}"), DEFAULTS)));
        List<Document> search =
                docs(
                        "{'$graphLookup': {'from': 'old', 'startWith': '$to', 'connectToField':"
                                + " 'year', 'connectFromField': 'x', 'as': 'found'}}",
                        "{'$replaceWith': {'$first': '$found'}}");
        assertEquals(
                "{'_id':1,'year':1950,'tags':['a','b'],'old':true}",
                text(one.aggregate(search, DEFAULTS)));
    }

    @Test
    void a_graph_search_in_a_view_without_ids_is_40271() {
        view("nameless", "films", "[{'$project': {'_id': 0, 'year': 1}}]");
        List<Document> search =
                docs(
                        "{'$graphLookup': {'from': 'nameless', 'startWith': 1950, 'connectToField':"
                                + " 'year', 'connectFromField': 'x', 'as': 'found'}}");
        assertCode(40271, () -> ids(films.aggregate(search, DEFAULTS)));
    }

    @Test
    void a_view_may_look_up_itself_and_stand_on_what_does_not_exist() {
        view("empty", "nothing", "[]");
        assertEquals("", ids(database.collection("empty").find(ALL)));
        assertEquals(0, database.collection("empty").count(ALL));

        view(
                "pairs",
                "old",
                "[{'$lookup': {'from': 'films', 'localField': 'year', 'foreignField': 'year',"
                        + " 'as': 'same'}}]");
        assertEquals("1", ids(database.collection("pairs").find(doc("{'same.tags': 'a'}"))));
    }

    @Test
    void a_transaction_reads_views_with_what_it_wrote() {
        try (DocumentTransaction transaction = smilodon.begin(TransactionSettings.DEFAULTS)) {
            Database inside = transaction.database("d");
            inside.collection("films").insertOne(doc("{'_id': 7, 'year': 7}"));
            assertEquals("1 2 3 7", ids(inside.collection("old").find(ALL)));
            assertTrue(inside.collection("old").findOne(doc("{'_id': 7}")).isPresent());
            assertCode(263, () -> inside.createCollection("v", doc("{'viewOn': 'films'}")));
            assertCode(166, () -> inside.collection("old").insertOne(doc("{}")));
        }
        assertEquals("1 2 3", ids(old.find(ALL)));
    }

    @Test
    void a_view_of_an_earlier_time_shows_what_was_then() {
        long before = films.findById(Value.of(4)).orElseThrow().version();
        films.insertOne(doc("{'_id': 8, 'year': 8}"));
        database.modifyCollection("old", doc("{'viewOn': 'films', 'pipeline': []}"));

        assertEquals("1 2 3 4 8", ids(old.find(ALL)));
        assertEquals(0, old.asOf(AsOf.sequence(before)).count(doc("{'_id': 8}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"{'tags': {'$elemMatch': {'$eq': 'a'}}}", "{'tags': {'$slice': 1}}"})
    void projections_that_only_a_find_knows_are_refused(String projection) {
        FindRequest request = FindRequest.of(ALL).withProjection(doc(projection));
        films.find(request).close();
        assertThrows(SmilodonException.class, () -> old.find(request));
    }

    // ---- What views are not

    @Test
    void rule_123_views_take_no_writes_and_have_no_indexes() {
        Document first = doc("{'_id': 1}");
        Document nobody = doc("{'_id': 77}");
        Value update = value("{'$set': {'a': 1}}");
        UpdateOptions upsert = UpdateOptions.DEFAULTS.withUpsert(true);

        assertCode(166, () -> old.insertOne(doc("{}")));
        assertCode(166, () -> old.insertMany(docs("{}"), true).writeErrors());
        assertCode(166, () -> old.updateOne(first, update));
        assertCode(166, () -> old.updateOne(nobody, update, upsert));
        assertCode(166, () -> old.updateMany(nobody, update));
        assertCode(166, () -> old.replaceOne(first, doc("{}")));
        assertCode(166, () -> old.deleteOne(first));
        assertCode(166, () -> old.deleteMany(nobody));
        assertCode(166, () -> old.findOneAndDelete(first, FindAndModifyOptions.DEFAULTS));
        assertCode(166, () -> old.deleteById(Value.of(1), Precondition.NONE));
        assertCode(166, () -> old.createIndex(doc("{'key': {'a': 1}}")));
        assertCode(166, () -> old.dropIndex(value("'*'")));
        assertCode(166, () -> old.indexes());
        assertCode(166, () -> films.aggregate(docs("{'$out': 'old'}"), DEFAULTS));
        assertCode(166, () -> films.aggregate(docs("{'$merge': 'old'}"), DEFAULTS));
        assertEquals(4, films.count(ALL));
    }

    @Test
    void views_are_listed_as_such_and_dropped_like_collections() {
        CollectionSummary listed = database.collections().get(1);
        assertEquals("old", listed.name());
        assertEquals("view", listed.type());
        assertEquals("films", text(listed.options().get("viewOn")).replace("'", ""));
        assertEquals("collection", database.collections().get(0).type());
        assertEquals(0, old.stats().orElseThrow().documentCount());
        assertCode(166, () -> old.verify());

        assertTrue(old.drop());
        assertFalse(old.exists());
        assertEquals(4, films.count(ALL));
    }

    @Test
    void nearness_is_asked_of_what_the_index_has_and_of_nothing_else() {
        films.createIndex(doc("{'key': {'at': '2d'}}"));
        films.insertMany(
                docs(
                        "{'_id': 5, 'year': 1970, 'at': [1, 1]}",
                        "{'_id': 6, 'year': 1971, 'at': [9, 9]}"),
                true);
        view("kept", "films", "[{'$match': {'year': {'$lt': 2000}}}]");
        view("bare", "films", "[{'$project': {'at': 0}}]");
        Document near = doc("{'at': {'$near': [0, 0], '$maxDistance': 3}}");

        assertEquals("5", ids(database.collection("kept").find(near)));
        assertEquals("5", ids(old.find(near)));
        DocumentCollection bare = database.collection("bare");
        assertCode(5626500, () -> ids(bare.find(near)));
        assertCode(5626500, () -> bare.count(near));
        List<Document> distances = docs("{'$geoNear': {'near': [0, 0], 'distanceField': 'd'}}");
        assertCode(40602, () -> ids(old.aggregate(distances, DEFAULTS)));
    }

    @Test
    void a_view_outlives_the_process(@TempDir Path directory) {
        try (Smilodon before = Smilodon.open(directory)) {
            before.database("d").collection("c").insertMany(docs("{'_id': 1}", "{'_id': 2}"), true);
            before.database("d")
                    .createCollection(
                            "v", doc("{'viewOn': 'c', 'pipeline': [{'$match': {'_id': 2}}]}"));
        }
        try (Smilodon after = Smilodon.open(directory)) {
            assertEquals("{'_id':2}", text(after.database("d").collection("v").find(ALL)));
        }
    }
}
