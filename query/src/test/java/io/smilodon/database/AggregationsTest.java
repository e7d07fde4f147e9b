package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
class AggregationsTest {

    private Smilodon smilodon;
    private DocumentCollection films;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        films = smilodon.database("cinema").collection("films");
        films.insertMany(
                docs(
                        "{'_id': 1, 'year': 1995, 'by': 'a'}",
                        "{'_id': 2, 'year': 1995, 'by': 'b'}",
                        "{'_id': 3, 'year': 1999, 'by': 'a'}"),
                true);
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private String run(String... stages) {
        return text(films.aggregate(docs(stages)));
    }

    @Test
    void the_front_of_a_pipeline_uses_an_index() {
        films.createIndex(doc("{'key': {'year': 1}}"));
        try (DocumentCursor cursor =
                films.aggregate(docs("{'$match': {'year': 1995}}", "{'$project': {'by': 1}}"))) {
            assertEquals("IXSCAN year_1", cursor.planSummary());
            assertEquals("{'_id':1,'by':'a'}{'_id':2,'by':'b'}", text(cursor));
        }
    }

    @Test
    void chance_is_asked_as_often_as_it_is_written() {
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            documents.add(doc("{'_id': " + (10 + i) + ", 'a': 1}"));
        }
        films.insertMany(documents, false);
        String chance = "{'$match': {'a': 1, '$sampleRate': 0.5}}";

        // 6.6 and 7.6 sigma
        assertCount(2_000, "{'$facet': {'x': [" + chance + "]}}", "{'$unwind': '$x'}");
        assertCount(1_000, chance, chance);
        assertCount(1_000, "{'$match': {'$and': [{'$sampleRate': 0.5}, {'$sampleRate': 0.5}]}}");
    }

    private void assertCount(int about, String... stages) {
        List<Document> found = new ArrayList<>();
        try (DocumentCursor cursor = films.aggregate(docs(stages))) {
            cursor.forEachRemaining(found::add);
        }
        int count = found.size();
        assertTrue(Math.abs(count - about) < 210, () -> String.join(", ", stages) + ": " + count);
    }

    @Test
    void counting_reads_no_documents_where_an_index_is_enough() {
        films.createIndex(doc("{'key': {'year': 1}}"));
        assertEquals("{'n':2}", run("{'$match': {'year': 1995}}", "{'$count': 'n'}"));
        assertEquals("{'n':3}", run("{'$sort': {'by': 1}}", "{'$count': 'n'}"));
        assertEquals("", run("{'$match': {'year': 1}}", "{'$count': 'n'}"));
        assertEquals(
                "{'n':1}",
                run(
                        "{'$match': {'$or': [{'_id': {'$in': [1, 77]}}, {'year': 3}]}}",
                        "{'$count': 'n'}"));
    }

    @Test
    void a_lookup_reads_the_other_collection_in_the_same_snapshot() {
        DocumentCollection people = smilodon.database("cinema").collection("people");
        people.insertMany(docs("{'_id': 'a', 'n': 'Ann'}", "{'_id': 'b', 'n': 'Bob'}"), true);
        String lookup =
                "{'$lookup': {'from': 'people', 'localField': 'by', 'foreignField': '_id',"
                        + " 'as': 'who'}}";
        try (DocumentCursor cursor =
                films.aggregate(
                        docs(lookup, "{'$unwind': '$who'}", "{'$project': {'who.n': 1}}"))) {
            people.drop();
            films.drop();
            assertEquals(
                    "{'_id':1,'who':{'n':'Ann'}}{'_id':2,'who':{'n':'Bob'}}"
                            + "{'_id':3,'who':{'n':'Ann'}}",
                    text(cursor));
        }
    }

    @Test
    void a_lookup_in_a_collection_that_does_not_exist_finds_nothing() {
        assertEquals(
                "{'_id':3,'x':[]}",
                run(
                        "{'$match': {'_id': 3}}",
                        "{'$lookup': {'from': 'none', 'localField': 'by', 'foreignField': '_id',"
                                + " 'as': 'x'}}",
                        "{'$project': {'x': 1}}"));
    }

    @Test
    void a_pipeline_over_a_collection_that_does_not_exist_is_checked_all_the_same() {
        DocumentCollection none = smilodon.database("cinema").collection("none");
        assertEquals("", text(none.aggregate(docs("{'$match': {'a': 1}}"))));
        assertCode(40324, () -> none.aggregate(docs("{'$mach': {'a': 1}}")));
        assertTrue(
                none.explain(docs(), AggregateOptions.DEFAULTS, Verbosity.EXECUTION_STATS)
                        .has("executionStats"));
    }

    @Test
    void explain_shows_the_stages_as_they_are_rewritten() {
        Document explained =
                films.explain(
                        docs(
                                "{'$match': {'year': 1995}}",
                                "{'$lookup': {'from': 'p', 'localField': 'by', 'foreignField':"
                                        + " '_id', 'as': 'w'}}",
                                "{'$unwind': '$w'}",
                                "{'$group': {'_id': '$w.n'}}",
                                "{'$sort': {'_id': 1}}",
                                "{'$limit': 2}"),
                        AggregateOptions.DEFAULTS,
                        Verbosity.QUERY_PLANNER);
        List<Value> stages = new ArrayList<>(((ArrayValue) explained.get("stages")).elements());
        stages.removeFirst();
        assertEquals(
                "[{'$lookup':{'from':'p','localField':'by','foreignField':'_id','as':'w',"
                        + "'unwinding':{'preserveNullAndEmptyArrays':false}}},"
                        + "{'$group':{'_id':'$w.n'}},{'$sort':{'sortKey':{'_id':1},'limit':2}}]",
                text(ArrayValue.of(stages)));
    }
}
