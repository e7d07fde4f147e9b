package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.AggregateOptions;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.DocumentCursor;
import io.smilodon.database.Json;
import io.smilodon.database.Smilodon;
import io.smilodon.database.Verbosity;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Pipelines that read no documents, since an index holds all that their stages look at. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CoveredPipelinesTest {

    private static final AggregateOptions SCAN =
            AggregateOptions.DEFAULTS.withHint(Json.doc("{'$natural': 1}"));

    private Smilodon smilodon;
    private DocumentCollection items;

    @BeforeEach
    void fill() {
        smilodon = Smilodon.inMemory();
        items = smilodon.database("d").collection("items");
        for (String index :
                List.of(
                        "{'key': {'a': 1, 'b': 1}}",
                        "{'key': {'n.x': 1, 'n.y': 1}}",
                        "{'key': {'t': 1, 'tags': 1}}",
                        "{'key': {'h': 1, 'hash': 'hashed'}}",
                        "{'key': {'r.0': 1}}",
                        "{'key': {'u': 1}, 'unique': true, 'sparse': true}",
                        "{'key': {'text': 1}, 'collation': {'locale': 'en', 'strength': 2}}")) {
            items.createIndex(Json.doc(index));
        }
        for (String document :
                List.of(
                        "{'_id': 1, 'b': 2, 'a': 1, 'n': {'y': 5, 'x': 1}, 't': 1, 'tags': [1, 2]}",
                        "{'_id': 2, 'a': 1, 'b': 3, 'n': {'x': 1, 'y': 6}, 't': 1, 'tags': 7}",
                        "{'_id': 3, 'a': 2, 'b': 3, 'c': 1, 'h': 1, 'hash': 4, 'u': 10}",
                        "{'_id': 4, 'a': 2, 'b': 4, 'c': 2, 'text': 'X', 'r': {'0': 8}}")) {
            items.insertOne(Json.doc(document));
        }
        smilodon.database("d").collection("others").insertOne(Json.doc("{'_id': 1, 'b': 2}"));
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private static List<Document> stages(String written) {
        List<Document> stages = new ArrayList<>();
        ArrayValue array = ExtendedJson.readArray("[%s]".formatted(written).replace('\'', '"'));
        array.forEach(stage -> stages.add((Document) stage));
        return stages;
    }

    /** How the documents are found. */
    private Document found(String written) {
        Document explained =
                items.explain(
                        stages(written), AggregateOptions.DEFAULTS, Verbosity.EXECUTION_STATS);
        return explained.get("stages") instanceof ArrayValue all
                ? (Document) ((Document) all.get(0)).get("$cursor")
                : explained;
    }

    private boolean isCovered(String written) {
        String stats = Json.text(found(written).get("executionStats"));
        boolean isCovered = stats.contains("'stage':'PROJECTION_COVERED'");
        assertEquals(isCovered, stats.contains("'totalDocsExamined':0,"), stats);
        return isCovered;
    }

    private String result(String written, AggregateOptions options) {
        try (DocumentCursor cursor = items.aggregate(stages(written), options)) {
            List<String> texts = new ArrayList<>();
            cursor.forEachRemaining(document -> texts.add(Json.text(ordered(document))));
            texts.sort(null);
            return texts.toString();
        }
    }

    /** Documents made of keys have their fields in the order of the index. */
    private static Document ordered(Document document) {
        SortedMap<String, Value> fields = new TreeMap<>();
        document.forEach(field -> fields.put(field.name(), field.value()));
        DocumentBuilder builder = Document.builder();
        fields.forEach(builder::put);
        return builder.build();
    }

    /** Rows: whether no document is read; the stages. */
    @ParameterizedTest
    @CsvFileSource(resources = "/pipelines/covered.txt", delimiter = '|', quoteCharacter = '`')
    void a_pipeline_reads_no_documents_if_an_index_has_all_it_looks_at(
            boolean isCovered, String written) {
        assertEquals(isCovered, isCovered(written), () -> Json.text(found(written)));
        assertEquals(result(written, SCAN), result(written, AggregateOptions.DEFAULTS));
    }

    @Test
    void null_and_absent_fields_are_told_apart_by_their_documents() {
        items.insertMany(
                List.of(
                        Json.doc("{'_id': 5, 'a': 3, 'b': null}"),
                        Json.doc("{'_id': 6, 'a': 3}"),
                        Json.doc("{'_id': 7, 'a': 3, 'b': 1}")),
                true);
        String types = "{'$match': {'a': 3}}, {'$group': {'_id': {'$type': '$b'}}}";

        assertEquals("[{'_id':'int'}, {'_id':'missing'}, {'_id':'null'}]", sameAsScanned(types));
        String stats = Json.text(found(types).get("executionStats"));
        assertTrue(stats.contains("'totalDocsExamined':2,"), stats);
        assertEquals(
                "[{'n':2}]",
                sameAsScanned(
                        "{'$match': {'a': 3}}, {'$limit': 9}, {'$match': {'b': null}},"
                                + " {'$count': 'n'}"));
        assertEquals(
                "[{'n':1}]",
                sameAsScanned(
                        "{'$match': {'a': 3}}, {'$limit': 9},"
                                + " {'$match': {'b': {'$exists': false}}}, {'$count': 'n'}"));
    }

    private String sameAsScanned(String written) {
        String result = result(written, AggregateOptions.DEFAULTS);
        assertEquals(result(written, SCAN), result);
        return result;
    }

    @Test
    void what_comes_of_another_collection_is_compared_with_its_fields_in_their_order() {
        DocumentCollection others = smilodon.database("d").collection("others");
        others.insertOne(Json.doc("{'_id': 9, 'b': 2, 'a': 1}"));
        String project = "{'$project': {'_id': 0, 'a': 1, 'b': 1}}";
        String written =
                "{'$match': {'_id': 9}}, %s, {'$unionWith': {'coll': 'items', 'pipeline':"
                        + " [{'$match': {'a': 1, 'b': 2}}, %s]}}, {'$group': {'_id': '$$ROOT'}}";

        try (DocumentCursor cursor =
                others.aggregate(stages(written.formatted(project, project)))) {
            assertEquals("{'_id':{'b':2,'a':1}}", Json.text(cursor.next()));
            assertFalse(cursor.hasNext());
        }
    }

    @Test
    void explain_shows_the_paths_that_are_taken_from_the_index() {
        Document found =
                found("{'$match': {'a': 1}}, {'$group': {'_id': '$b', 'n': {'$sum': '$a'}}}");
        Document plan = (Document) ((Document) found.get("queryPlanner")).get("winningPlan");

        assertEquals(Value.of("PROJECTION_COVERED"), plan.get("stage"));
        assertEquals("{'_id':0,'a':1,'b':1}", Json.text(plan.get("transformBy")));
    }

    @Test
    void without_such_an_index_nothing_is_projected() {
        String text = Json.text(found("{'$match': {'a': 1}}, {'$group': {'_id': '$c'}}"));

        assertTrue(text.contains("'stage':'FETCH'"), text);
        assertTrue(!text.contains("PROJECTION"), text);
    }

    @Test
    void a_view_is_covered_by_what_its_reader_looks_at() {
        smilodon.database("d")
                .createCollection(
                        "seen",
                        Json.doc(
                                "{'viewOn': 'items', 'pipeline': [{'$match': {'a': 1}},"
                                        + " {'$project': {'_id': 0, 'a': 1, 'b': 1}}]}"));
        DocumentCollection seen = smilodon.database("d").collection("seen");
        List<Document> stages = stages("{'$sortByCount': '$b'}");

        Document explained =
                seen.explain(stages, AggregateOptions.DEFAULTS, Verbosity.EXECUTION_STATS);

        assertTrue(Json.text(explained).contains("'totalDocsExamined':0"));
    }
}
