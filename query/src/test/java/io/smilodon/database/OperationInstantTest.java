package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.OperationScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * {@code $$NOW} is one instant in all parts of an operation: of a request, whose instant is past
 * here, and of a method that is called without one.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperationInstantTest {

    /** Takes longer than the clock takes to move on, each time it is evaluated. */
    private static final String SLOW =
            "{'$sum': {'$map': {'input': {'$range': [0, 100000]}, 'in': {'$add': ['$$this', 1]}}}}";

    private Smilodon smilodon;
    private Database database;
    private DocumentCollection things;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        database = smilodon.database("d");
        things = database.collection("things");
        things.insertMany(docs("{'_id': 1, 'k': 1}", "{'_id': 2, 'k': 2}"), true);
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private interface Work {

        /** What a request does, NOW standing for its instant in what it is given. */
        void run(DateValue begun, String isBegun);
    }

    /** Does the work in a request that has begun before the clock moved on. */
    private static void later(Work work) {
        new OperationScope(0)
                .run(
                        () -> {
                            DateValue begun = OperationScope.instant();
                            waitForClock();
                            String date =
                                    "{'$date': {'$numberLong': '" + begun.epochMillis() + "'}}";
                            work.run(begun, "{'$expr': {'$eq': ['$$NOW', " + date + "]}}");
                            return begun;
                        });
    }

    private static void waitForClock() {
        long before = System.currentTimeMillis();
        Await.until("the clock has moved", () -> System.currentTimeMillis() > before + 1);
    }

    private Document first(DocumentCursor cursor) {
        try (cursor) {
            return cursor.next();
        }
    }

    @Test
    void rule_109_filter_and_projection_of_a_find() {
        later(
                (begun, isBegun) -> {
                    FindRequest request =
                            FindRequest.of(doc(isBegun)).withProjection(doc("{'n': '$$NOW'}"));
                    assertEquals(begun, things.findOne(request).orElseThrow().get("n"));
                    assertEquals(2, things.count(doc(isBegun)));
                });
    }

    @Test
    void rule_109_filter_update_and_projection_of_a_change() {
        later(
                (begun, isBegun) -> {
                    FindAndModifyOptions options =
                            FindAndModifyOptions.DEFAULTS.withProjection(doc("{'p': '$$NOW'}"));
                    Document before =
                            things.findOneAndUpdate(
                                            doc(isBegun),
                                            value("[{'$set': {'n': '$$NOW'}}]"),
                                            options)
                                    .value()
                                    .orElseThrow();
                    assertEquals(begun, before.get("p"));
                    assertEquals(1, things.count(Document.of("n", begun)));
                    things.updateMany(doc(isBegun), value("{'$currentDate': {'d': true}}"));
                    assertEquals(2, things.count(Document.of("d", begun)));
                    assertEquals(2, things.deleteMany(doc(isBegun)).deletedCount());
                });
    }

    @Test
    void rule_109_stages_views_and_the_pipelines_in_them() {
        database.createCollection(
                "view", doc("{'viewOn': 'things', 'pipeline': [{'$set': {'v': '$$NOW'}}]}"));
        later(
                (begun, isBegun) -> {
                    Document found =
                            first(
                                    things.aggregate(
                                            docs(
                                                    "{'$match': " + isBegun + "}",
                                                    "{'$lookup': {'from': 'view', 'as': 'l', 'pipeline':"
                                                            + " [{'$match': "
                                                            + isBegun
                                                            + "},"
                                                            + " {'$set': {'s': '$$NOW'}}]}}",
                                                    "{'$unwind': '$l'}",
                                                    "{'$facet': {'f': [{'$set': {'n': '$$NOW'}}]}}",
                                                    "{'$unwind': '$f'}",
                                                    "{'$replaceWith': {'v': '$f.l.v', 's': '$f.l.s',"
                                                            + " 'n': '$f.n'}}")));
                    for (String name : new String[] {"v", "s", "n"}) {
                        assertEquals(begun, found.get(name), name);
                    }
                });
    }

    @Test
    void rule_109_boundaries_of_buckets_and_constants_of_the_operation() {
        later(
                (begun, isBegun) -> {
                    AggregateOptions options =
                            AggregateOptions.DEFAULTS.withLet(
                                    doc("{'end': {'$add': ['$$NOW', 1]}}"));
                    Document bucket =
                            first(
                                    things.aggregate(
                                            docs(
                                                    "{'$bucket': {'groupBy': '$$NOW', 'boundaries':"
                                                            + " ['$$NOW', '$$end']}}"),
                                            options));
                    assertEquals(begun, bucket.get("_id"));
                });
    }

    @Test
    void rule_109_the_rule_of_a_collection() {
        database.createCollection(
                "dated", doc("{'validator': {'$expr': {'$eq': ['$at', '$$NOW']}}}"));
        later((begun, isBegun) -> database.collection("dated").insertOne(Document.of("at", begun)));
    }

    @Test
    void rule_109_a_method_without_a_request_has_one_instant_too() {
        UpdateOptions slow = UpdateOptions.DEFAULTS.withLet(doc("{'slow': " + SLOW + "}"));
        Document after =
                things.findOneAndUpdate(
                                doc("{'$expr': {'$gt': ['$$slow', 0]}}"),
                                value("[{'$set': {'n': '$$NOW'}}]"),
                                FindAndModifyOptions.DEFAULTS
                                        .withUpdate(slow)
                                        .returningNew()
                                        .withProjection(doc("{'n': 1, 'p': '$$NOW'}")))
                        .value()
                        .orElseThrow();
        assertEquals(after.get("n"), after.get("p"));
    }

    @Test
    void variables_of_a_lookup_reach_a_view_that_groups() {
        database.createCollection(
                "groups", doc("{'viewOn': 'things', 'pipeline': [{'$group': {'_id': '$k'}}]}"));
        Document found =
                first(
                        things.aggregate(
                                docs(
                                        "{'$sort': {'_id': -1}}",
                                        "{'$lookup': {'from': 'groups', 'let': {'k': '$k'},"
                                                + " 'as': 'l', 'pipeline': [{'$match': {'$expr':"
                                                + " {'$eq': ['$_id',"
                                                + " '$$k']}}}]}}")));
        assertEquals(value("[{'_id': 2}]"), found.get("l"));
    }
}
