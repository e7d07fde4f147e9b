package io.smilodon.database.action;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.text;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ActionsTest {

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

    private Document run(String action, String body) {
        return Actions.run(films, action, doc(body));
    }

    private String answer(String action, String body) {
        return text(run(action, body));
    }

    private void insertThree() {
        run(
                "insertMany",
                "{'documents': [{'_id': 1, 'a': 1}, {'_id': 2, 'a': 1}, {'_id': 3, 'a': 2}]}");
    }

    @Test
    void inserts_answer_with_their_ids() {
        assertEquals(
                "{'acknowledged':true,'insertedId':1}",
                answer("insertOne", "{'document': {'_id': 1}}"));
        assertEquals(
                "{'acknowledged':true,'insertedCount':2,'insertedIds':{'0':2,'1':3}}",
                answer("insertMany", "{'documents': [{'_id': 2}, {'_id': 3}]}"));
        assertEquals(
                "{'acknowledged':true,'insertedCount':1,'insertedIds':{'1':4},'writeErrors':[{"
                        + "'index':0,'code':11000,'codeName':'DuplicateKey','message':"
                        + "'E11000duplicatekeyerrorcollection:cinema.filmsindex:_id_dupkey:"
                        + "{_id:1}','keyPattern':{'_id':1},'keyValue':{'_id':1}}]}",
                answer("insertMany", "{'documents': [{'_id': 1}, {'_id': 4}], 'ordered': false}"));
    }

    @Test
    void a_find_answers_with_a_batch_a_cursor_and_its_plan() {
        insertThree();
        films.createIndex(doc("{'key': {'a': 1}}"));

        Document all = run("find", "{'filter': {'a': 1}, 'projection': {'a': 0}}");
        assertEquals("[{'_id':1},{'_id':2}]", text(all.get("documents")));
        assertEquals("{'id':null,'ns':'cinema.films'}", text(all.get("cursor")));
        assertEquals(new StringValue("IXSCAN a_1"), all.get("plan"));
        assertTrue(all.has("took"));

        Document first = run("find", "{'batchSize': 1, 'sort': {'_id': -1}}");
        assertEquals("[{'_id':3,'a':2}]", text(first.get("documents")));
        assertTrue(((Document) first.get("cursor")).get("id") instanceof StringValue);
        assertEquals(1, smilodon.cursors().openCount());
    }

    @Test
    void a_single_batch_leaves_no_cursor() {
        insertThree();
        Document single = run("find", "{'batchSize': 1, 'singleBatch': true}");
        assertEquals(NullValue.INSTANCE, ((Document) single.get("cursor")).get("id"));
        assertEquals(0, smilodon.cursors().openCount());
    }

    @Test
    void the_other_reads_answer_as_drivers_name_it() {
        insertThree();
        assertEquals("{'document':{'_id':3,'a':2}}", answer("findOne", "{'filter': {'a': 2}}"));
        assertEquals("{'document':null}", answer("findOne", "{'filter': {'a': 9}}"));
        assertEquals("{'count':2}", answer("count", "{'filter': {'a': 1}}"));
        assertEquals("{'count':1}", answer("count", "{'skip': 1, 'limit': 1}"));
        assertEquals("{'values':[1,2]}", answer("distinct", "{'key': 'a'}"));
    }

    @Test
    void an_aggregation_answers_with_batches() {
        insertThree();
        Document answer =
                run(
                        "aggregate",
                        "{'pipeline': [{'$group': {'_id': '$a', 'n': {'$sum': 1}}}, {'$sort':"
                                + " {'_id': 1}}], 'cursor': {'batchSize': 1}}");
        assertEquals("[{'_id':1,'n':2}]", text(answer.get("documents")));
        assertEquals(1, smilodon.cursors().openCount());
        assertCode(14, () -> run("aggregate", "{'pipeline': [1]}"));
        assertCode(40415, () -> run("aggregate", "{'pipeline': [], 'cursor': {'size': 1}}"));
        assertCode(14, () -> run("aggregate", "{'pipeline': [], 'cursor': {'batchSize': 'a'}}"));
        assertEquals(
                1,
                ((ArrayValue)
                                run("aggregate", "{'pipeline': [], 'cursor': {'batchSize': 1.9}}")
                                        .get("documents"))
                        .size());
        assertCode(51024, () -> run("aggregate", "{'pipeline': [], 'cursor': {'batchSize': -1}}"));
        assertEquals(
                3,
                ((ArrayValue)
                                run("aggregate", "{'pipeline': [], 'cursor': {'batchSize': 1e12}}")
                                        .get("documents"))
                        .size());
    }

    @Test
    void updates_and_deletes_answer_with_their_counts() {
        insertThree();
        assertEquals(
                "{'acknowledged':true,'matchedCount':2,'modifiedCount':2,'upsertedId':null,"
                        + "'upsertedCount':0}",
                answer("updateMany", "{'filter': {'a': 1}, 'update': {'$inc': {'a': 4}}}"));
        assertEquals(
                "{'acknowledged':true,'matchedCount':0,'modifiedCount':0,'upsertedId':9,"
                        + "'upsertedCount':1}",
                answer(
                        "updateOne",
                        "{'filter': {'_id': 9}, 'update': {'$set': {'a': 4}}, 'upsert': true}"));
        assertEquals(
                "{'acknowledged':true,'matchedCount':1,'modifiedCount':1,'upsertedId':null,"
                        + "'upsertedCount':0}",
                answer("replaceOne", "{'filter': {'_id': 9}, 'replacement': {'b': 1}}"));
        assertEquals(
                "{'acknowledged':true,'deletedCount':1}",
                answer("deleteOne", "{'filter': {'_id': 9}}"));
        assertEquals(
                "{'acknowledged':true,'deletedCount':3}", answer("deleteMany", "{'filter': {}}"));
    }

    @Test
    void find_and_modify_answers_with_the_document_and_what_happened() {
        insertThree();
        assertEquals(
                "{'value':{'_id':1,'a':1},'lastErrorObject':{'n':1,'updatedExisting':true}}",
                answer("findOneAndUpdate", "{'filter': {'_id': 1}, 'update': {'$inc': {'a': 1}}}"));
        assertEquals(
                "{'value':{'_id':1,'b':1},'lastErrorObject':{'n':1,'updatedExisting':true}}",
                answer(
                        "findOneAndReplace",
                        "{'filter': {'_id': 1}, 'replacement': {'b': 1}, 'returnDocument':"
                                + " 'after'}"));
        assertEquals(
                "{'value':null,'lastErrorObject':{'n':0,'updatedExisting':false}}",
                answer("findOneAndDelete", "{'filter': {'_id': 8}}"));
        assertCode(
                9,
                () ->
                        run(
                                "findOneAndReplace",
                                "{'filter': {}, 'replacement': {}, 'returnDocument': 'now'}"));
    }

    @Test
    void a_bulk_counts_what_it_did_and_reports_what_failed() {
        String operations =
                "'operations': [{'insertOne': {'document': {'_id': 1}}},"
                        + " {'insertOne': {'document': {'_id': 1}}},"
                        + " {'updateOne': {'filter': {'_id': 7}, 'update': {'$set': {'a': 1}},"
                        + " 'upsert': true}}, {'updateMany': {'filter': {}, 'update': {'$set':"
                        + " {'b': 1}}}}, {'deleteOne': {'filter': {'_id': 1}}}, {'inserOne': {}}]";

        Document answer = run("bulkWrite", "{" + operations + ", 'ordered': false}");

        assertEquals(
                "{'acknowledged':true,'insertedCount':1,'matchedCount':2,'modifiedCount':2,"
                        + "'deletedCount':1,'upsertedCount':1,'insertedIds':{'0':1},"
                        + "'upsertedIds':{'2':7}}",
                text(answer.without("writeErrors")));
        assertTrue(text(answer.get("writeErrors")).startsWith("[{'index':1,'code':11000"));
        films.drop();
        Document ordered = run("bulkWrite", "{" + operations + "}");
        assertEquals("0", text(ordered.get("deletedCount")));
        assertCode(16, () -> run("bulkWrite", "{'operations': []}"));
    }

    @Test
    void a_bulk_counts_an_upsert_of_the_id_null() {
        Document answer =
                run(
                        "bulkWrite",
                        "{'operations': [{'updateOne': {'filter': {'_id': null}, 'update':"
                                + " {'$set': {'a': 1}}, 'upsert': true}}]}");
        assertEquals("1", text(answer.get("upsertedCount")));
        assertEquals("{'0':null}", text(answer.get("upsertedIds")));
    }

    @Test
    void inserts_of_a_bulk_that_fail_together_leave_the_report_of_the_others() {
        films.database().createCollection("view", doc("{'viewOn': 'films', 'pipeline': []}"));
        DocumentCollection view = films.database().collection("view");
        Document answer =
                Actions.run(
                        view,
                        "bulkWrite",
                        doc(
                                "{'operations': [{'insertOne': {'document': {'_id': 1}}},"
                                        + " {'insertOne': {'document': {'_id': 2}}}],"
                                        + " 'ordered': false}"));
        assertEquals(
                List.of(166, 166),
                ((ArrayValue) answer.get("writeErrors"))
                        .elements().stream()
                                .map(error -> ((Document) error).get("code"))
                                .map(code -> (int) ((NumberValue) code).toLong())
                                .toList());
    }

    private static final String SLOW_BULK =
            "{'operations': [{'updateMany': {'filter': {'$expr': {'$lt': [{'$reduce': {'input':"
                    + " {'$range': [0, 200000]}, 'initialValue': 0, 'in': '$$this'}}, 0]}},"
                    + " 'update': {'$set': {'b': 1}}}}, {'insertOne': {'document': {'_id': 9}}},"
                    + " {'deleteOne': {'filter': {'_id': 1}}}], 'ordered': false}";

    private void insertMany(int count) {
        List<Document> documents = new ArrayList<>();
        for (int id = 1_000; id < 1_000 + count; id++) {
            documents.add(Document.of("_id", Value.of(id)));
        }
        films.insertMany(documents, true);
    }

    @Test
    void an_unordered_bulk_that_is_out_of_time_fails_as_a_whole() {
        insertMany(10);
        insertThree();
        OperationScope scope = new OperationScope(30);
        assertCode(50, () -> scope.run(() -> run("bulkWrite", SLOW_BULK)));
        assertEquals(13, films.count(doc("{}")));
    }

    @Test
    void an_unordered_bulk_that_is_ended_fails_as_a_whole() {
        insertThree();
        OperationScope scope = new OperationScope(0);
        assertCode(
                11601,
                () ->
                        scope.run(
                                () -> {
                                    scope.cancel();
                                    return run("bulkWrite", SLOW_BULK);
                                }));
        assertEquals(3, films.count(doc("{}")));
    }

    @Test
    void a_bulk_fails_as_a_whole_when_the_database_is_closed_under_it() {
        insertMany(30);
        OperationScope scope = new OperationScope(0);
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Document> answer =
                CompletableFuture.supplyAsync(
                        () ->
                                scope.run(
                                        () -> {
                                            begun.countDown();
                                            return run("bulkWrite", SLOW_BULK);
                                        }));
        assertDoesNotThrow(() -> begun.await());
        smilodon.close();
        CompletionException failed = assertThrows(CompletionException.class, answer::join);
        assertCode(
                91,
                () -> {
                    throw (SmilodonException) failed.getCause();
                });
    }

    @Test
    void inserts_of_a_bulk_that_follow_each_other_are_committed_together() {
        StringBuilder operations = new StringBuilder();
        for (int id = 1; id <= 100; id++) {
            operations.append("{'insertOne': {'document': {'_id': ").append(id).append("}}}, ");
        }
        operations.append("{'deleteOne': {'filter': {'_id': 7}}}, ");
        operations.append("{'insertOne': {'document': {'_id': 7}}}, ");
        operations.append("{'insertOne': {'document': {'_id': 8}}}, ");
        operations.append("{'insertOne': {'document': {'_id': 200}}}");
        films.insertOne(doc("{'_id': 0}"));
        long before = smilodon.statistics().store().commits();

        Document answer = run("bulkWrite", "{'operations': [" + operations + "]}");

        assertEquals("101", text(answer.get("insertedCount")));
        assertEquals("1", text(answer.get("deletedCount")));
        assertTrue(text(answer.get("insertedIds")).endsWith("'99':100,'101':7}"));
        assertTrue(text(answer.get("writeErrors")).startsWith("[{'index':102,'code':11000"));
        assertEquals(3, smilodon.statistics().store().commits() - before);
        assertEquals(101, films.count(doc("{}")));
    }

    @Test
    void a_read_can_be_explained() {
        insertThree();
        films.createIndex(doc("{'key': {'a': 1}}"));

        Document planned = run("find", "{'filter': {'a': 1}, 'explain': 'queryPlanner'}");
        assertTrue(text(planned).contains("'indexName':'a_1'"), () -> text(planned));
        assertFalse(planned.has("executionStats"));
        Document run = run("explain", "{'filter': {'a': 1}, 'verbosity': 'executionStats'}");
        assertEquals("2", text(((Document) run.get("executionStats")).get("nReturned")));
        Document pipeline = run("explain", "{'pipeline': [{'$match': {'a': 1}}]}");
        assertTrue(text(pipeline).contains("'indexName':'a_1'"), () -> text(pipeline));
        assertCode(2, () -> run("find", "{'explain': 'everything'}"));
    }

    @Test
    void mistakes_in_a_body_name_their_place() {
        SmilodonException unknown = assertCode(40415, () -> run("find", "{'filtre': {}}"));
        assertEquals(Optional.of("did you mean filter?"), unknown.hint());
        assertEquals(Optional.of("/filtre"), unknown.location().map(Location::pointer));
        assertCode(40414, () -> run("insertOne", "{}"));
        SmilodonException type = assertCode(14, () -> run("find", "{'limit': 'x'}"));
        assertEquals(Optional.of("/limit"), type.location().map(Location::pointer));
        assertCode(9, () -> run("find", "{'maxTimeMS': 1.5}"));
        assertCode(51024, () -> run("find", "{'limit': -1}"));
        assertCode(51024, () -> run("find", "{'batchSize': -1}"));
        SmilodonException filter =
                assertCode(2, () -> run("find", "{'filter': {'year': {'$gtt': 1990}}}"));
        assertEquals(Optional.of("/filter/year/$gtt"), filter.location().map(Location::pointer));
        SmilodonException action = assertCode(59, () -> run("fnd", "{}"));
        assertEquals(Optional.of("did you mean find?"), action.hint());
    }

    @Test
    void every_action_says_whether_it_writes() {
        assertTrue(Actions.TABLE.find("insertOne").orElseThrow().writes());
        assertFalse(Actions.TABLE.find("aggregate").orElseThrow().writes());
    }
}
