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

import io.smilodon.database.action.Actions;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DocumentTransactionTest {

    private static final TransactionSettings DEFAULTS = TransactionSettings.DEFAULTS;
    private static final Document ALL = Document.EMPTY;

    private Smilodon smilodon;
    private DocumentCollection accounts;
    private DocumentTransaction transaction;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        accounts = smilodon.database("bank").collection("accounts");
        accounts.insertMany(docs("{'_id': 1, 'n': 10}", "{'_id': 2, 'n': 20}"), true);
        accounts.createIndex(doc("{'key': {'n': 1}}"));
        transaction = smilodon.begin(DEFAULTS);
    }

    @AfterEach
    void close() {
        transaction.close();
        smilodon.close();
    }

    private DocumentCollection inside() {
        return inside("accounts");
    }

    private DocumentCollection inside(String collection) {
        return transaction.database("bank").collection(collection);
    }

    // ---- What it sees

    @Test
    void nobody_else_sees_its_writes_before_the_commit() {
        inside().updateOne(doc("{'_id': 1}"), value("{'$inc': {'n': 5}}"));

        assertEquals("{'_id':1,'n':10}", text(accounts.findOne(doc("{'_id': 1}")).orElseThrow()));
        transaction.commit();
        assertEquals("{'_id':1,'n':15}", text(accounts.findOne(doc("{'_id': 1}")).orElseThrow()));
    }

    @Test
    void it_does_not_see_what_others_commit() {
        accounts.deleteMany(ALL);

        assertEquals(2, inside().count(ALL));
        assertEquals(
                "{'_id':1,'n':10}{'_id':2,'n':20}",
                text(inside().aggregate(docs("{'$match': {'n': {'$gt': 0}}}"))));
    }

    /** By a scan, by an index, by a covered index, by the id, and by each kind of read. */
    @Test
    void its_own_writes_show_in_every_plan() {
        inside().insertOne(doc("{'_id': 3, 'n': 30}"));
        inside().updateOne(doc("{'_id': 1}"), value("{'$set': {'n': 31}}"));
        inside().deleteOne(doc("{'_id': 2}"));

        assertEquals("{'_id':1,'n':31}{'_id':3,'n':30}", text(inside().find(ALL)));
        assertEquals("{'_id':3,'n':30}{'_id':1,'n':31}", text(inside().find(byIndex("{}"))));
        assertEquals("{'n':30}{'n':31}", text(inside().find(byIndex("{'n': 1, '_id': 0}"))));
        assertEquals("{'_id':3,'n':30}", text(inside().find(doc("{'_id': {'$in': [2, 3]}}"))));
        assertEquals(2, inside().count(doc("{'n': {'$gte': 30}}")));
        assertEquals(0, inside().count(doc("{'n': {'$lt': 30}}")));
        assertEquals(List.of(Value.of(30), Value.of(31)), inside().distinct("n", ALL));
        assertEquals(
                "{'_id':null,'s':61}",
                text(inside().aggregate(docs("{'$group': {'_id': null, 's': {'$sum': '$n'}}}"))));
    }

    private static FindRequest byIndex(String projection) {
        return FindRequest.of(doc("{'n': {'$gt': 0}}"))
                .withHint(value("'n_1'"))
                .withProjection(doc(projection));
    }

    @Test
    void collections_and_databases_are_written_together() {
        transaction.database("audit").collection("log").insertOne(doc("{'_id': 'a'}"));
        inside().deleteOne(doc("{'_id': 1}"));
        transaction.commit();

        assertEquals(1, smilodon.database("audit").collection("log").count(ALL));
        assertEquals(1, accounts.count(ALL));
        assertEquals(List.of(), accounts.verify());
    }

    @Test
    void an_abort_leaves_nothing_behind_not_even_a_collection() {
        inside("fresh").insertOne(doc("{'_id': 1}"));
        assertEquals(1, inside("fresh").count(ALL));
        transaction.abort();

        assertFalse(smilodon.database("bank").collection("fresh").exists());
        assertEquals(2, accounts.estimatedCount());
    }

    @Test
    void lookups_join_what_it_sees() {
        inside("owners").insertOne(doc("{'_id': 1, 'name': 'Ada'}"));
        String joined =
                text(
                        inside().aggregate(
                                        docs(
                                                "{'$match': {'_id': 1}}",
                                                "{'$lookup': {'from': 'owners', 'localField':"
                                                        + " '_id', 'foreignField': '_id', 'as':"
                                                        + " 'o'}}")));

        assertEquals("{'_id':1,'n':10,'o':[{'_id':1,'name':'Ada'}]}", joined);
    }

    @Test
    void estimates_follow_the_commit() {
        assertEquals(2, accounts.estimatedCount());
        inside().insertOne(doc("{}"));
        inside("fresh").insertMany(docs("{}", "{}"), true);
        assertEquals(2, accounts.estimatedCount());
        transaction.commit();
        assertEquals(3, accounts.estimatedCount());
        assertEquals(2, smilodon.database("bank").collection("fresh").estimatedCount());
    }

    // ---- Cursors

    @Test
    void a_cursor_does_not_see_what_is_written_after_it_was_opened() {
        try (DocumentCursor cursor = inside().find(byIndex("{}"))) {
            assertEquals(Value.of(1), cursor.next().get("_id"));
            inside().updateMany(ALL, value("{'$inc': {'n': 100}}"));
            inside().insertOne(doc("{'_id': 3, 'n': 15}"));
            assertEquals("{'_id':2,'n':20}", text(cursor));
        }
        assertEquals(3, inside().count(ALL));
    }

    @Test
    void a_cursor_ends_with_its_transaction_and_says_so() {
        DocumentCursor cursor = inside().find(ALL);
        assertTrue(cursor.hasNext());
        transaction.commit();

        assertCode(251, cursor::hasNext);
        assertCode(251, cursor::next);
    }

    @Test
    void a_batch_of_a_transaction_that_has_ended_is_not_to_be_had() {
        Document first = Actions.run(inside(), "find", doc("{'batchSize': 1}"));
        String id = text(((Document) first.get("cursor")).get("id")).replace("'", "");
        transaction.abort();

        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () -> smilodon.cursors().next(id, OptionalInt.empty()));
        assertTrue(List.of(43, 251).contains(error.code().number()));
    }

    // ---- Failures

    @Test
    void rule_121_a_conflict_is_told_at_once_and_labelled() {
        inside().updateOne(doc("{'_id': 2}"), value("{'$inc': {'n': 1}}"));
        accounts.updateOne(doc("{'_id': 1}"), value("{'$inc': {'n': 1}}"));

        SmilodonException conflict =
                assertCode(
                        112,
                        () -> inside().updateOne(doc("{'_id': 1}"), value("{'$inc': {'n': 1}}")));

        assertTrue(conflict.labels().contains(ErrorLabels.TRANSIENT));
        assertCode(251, () -> inside().count(ALL));
        assertCode(251, transaction::commit);
        assertEquals(20, number("{'_id': 2}"));
    }

    private long number(String filter) {
        return Long.parseLong(text(accounts.findOne(doc(filter)).orElseThrow().get("n")));
    }

    @Test
    void a_conflict_after_the_last_statement_fails_the_commit() {
        inside().insertOne(doc("{'_id': 3, 'n': 1}"));
        accounts.insertOne(doc("{'_id': 3, 'n': 2}"));

        SmilodonException conflict = assertCode(112, transaction::commit);

        assertTrue(conflict.labels().contains(ErrorLabels.TRANSIENT));
        assertEquals(2, number("{'_id': 3}"));
    }

    @Test
    void an_index_that_is_created_meanwhile_fails_the_commit() {
        inside().insertOne(doc("{'_id': 3, 'm': 1}"));
        accounts.createIndex(doc("{'key': {'m': 1}}"));

        assertCode(112, transaction::commit);
        assertEquals(List.of(), accounts.verify());
    }

    @Test
    void a_statement_that_fails_aborts_the_whole() {
        inside().insertOne(doc("{'_id': 3}"));
        assertCode(11000, () -> inside().insertOne(doc("{'_id': 1}")));

        assertFalse(transaction.isActive());
        assertCode(251, () -> inside().insertOne(doc("{'_id': 4}")));
        assertEquals(2, accounts.count(ALL));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void many_inserts_fail_as_one(boolean ordered) {
        assertCode(
                11000,
                () -> inside().insertMany(docs("{'_id': 3}", "{'_id': 1}", "{'_id': 4}"), ordered));
        assertCode(251, transaction::commit);
        assertEquals(2, accounts.count(ALL));
    }

    @Test
    void a_bulk_fails_as_one() {
        Document bulk =
                doc(
                        "{'ordered': false, 'operations': [{'insertOne': {'document': {'_id': 3}}},"
                                + " {'insertOne': {'document': {'_id': 1}}}]}");

        assertCode(11000, () -> Actions.run(inside(), "bulkWrite", bulk));
        assertEquals(2, accounts.count(ALL));
    }

    @Test
    void a_unique_index_counts_its_own_writes() {
        accounts.createIndex(doc("{'key': {'iban': 1}, 'unique': true, 'sparse': true}"));
        try (DocumentTransaction fresh = smilodon.begin(DEFAULTS)) {
            DocumentCollection own = fresh.database("bank").collection("accounts");
            own.insertOne(doc("{'iban': 'x'}"));
            assertCode(11000, () -> own.insertOne(doc("{'iban': 'x'}")));
        }
    }

    @Test
    void rule_121_definitions_do_not_change_inside_a_transaction() {
        assertCode(263, () -> inside().createIndex(doc("{'key': {'z': 1}}")));
        assertCode(263, () -> inside().dropIndex(value("'n_1'")));
        assertCode(263, () -> inside().drop());
        assertCode(263, () -> inside().estimatedCount());
        assertCode(263, () -> inside().stats());
        assertCode(263, () -> inside().verify());
        assertCode(263, () -> transaction.database("bank").collections());

        assertTrue(transaction.isActive(), "what is refused does no harm");
    }

    @Test
    void a_collection_may_be_created_inside() {
        assertTrue(transaction.database("bank").createCollection("fresh"));
        assertFalse(transaction.database("bank").createCollection("fresh"));
        transaction.commit();
        assertTrue(smilodon.database("bank").collection("fresh").exists());
    }

    @Test
    void options_of_single_writes_have_no_place_inside() {
        assertCode(72, () -> inside().with(WriteOptions.SYNC));
    }

    @Test
    void more_than_64_mebibytes_are_too_much() {
        Document large = Document.of("b", new BinaryValue((byte) 0, new byte[15 << 20]));
        List<Document> documents = new ArrayList<>();
        IntStream.range(0, 5).forEach(i -> documents.add(large));

        assertCode(257, () -> inside().insertMany(documents, true));
        assertCode(251, transaction::commit);
    }

    @Test
    void after_the_commit_it_is_over() {
        inside().insertOne(doc("{'_id': 3}"));
        long sequence = transaction.commit();

        assertEquals(sequence, transaction.commit());
        assertCode(256, () -> inside().count(ALL));
        transaction.abort();
        assertEquals(3, accounts.count(ALL));
    }

    @Test
    void two_threads_do_not_share_it() {
        DocumentCollection mine = inside();
        transaction.access().enter();
        CompletableFuture<Long> other = CompletableFuture.supplyAsync(() -> mine.count(ALL));

        CompletionException failure = assertThrows(CompletionException.class, other::join);

        assertCode(
                117,
                () -> {
                    throw failure.getCause();
                });
        transaction.access().leave();
        assertEquals(2, mine.count(ALL));
    }

    // ---- The end of the database

    @Test
    void closing_the_database_ends_cursors_and_transactions() {
        DocumentCursor cursor = accounts.find(ALL);
        cursor.next();
        smilodon.close();

        assertCode(91, cursor::hasNext);
        assertCode(91, () -> accounts.find(ALL));
        assertCode(91, () -> inside().count(ALL));
        cursor.close();
    }
}
