package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.action.Actions;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CappedCollectionTest extends CappedFixture {

    private static FindRequest sorted(String sort) {
        return FindRequest.of(Document.EMPTY).withSort(doc(sort));
    }

    // ---- What it shows

    @Test
    void documents_are_found_as_they_were_inserted() {
        create("{'capped': true, 'size': 10000}");
        insert(5, 1, 9, 3);
        log.insertMany(docs("{'_id': 8}", "{'_id': 2}"), true);

        assertEquals("5 1 9 3 8 2", ids());
        assertEquals("5 1 9 3 8 2", ids(sorted("{'$natural': 1}")));
        assertEquals("2 8 3 9 1 5", ids(sorted("{'$natural': -1}")));
        assertEquals("8 3", ids(sorted("{'$natural': -1}").withSkip(1).withLimit(2)));
        assertEquals(
                "2 8 3 9 1 5",
                ids(FindRequest.of(Document.EMPTY).withHint(value("{'$natural': -1}"))));
        assertEquals("1 2 3 5 8 9", ids(sorted("{'_id': 1}")));
        assertEquals("3 9", ids(FindRequest.of(doc("{'n': 0}")).withSort(doc("{'$natural': -1}"))));
        assertEquals(
                "{'_id':5}",
                text(log.aggregate(docs("{'$limit': 1}", "{'$project': {'_id': 1}}"))));
        assertEquals(
                "{'_id':null,'all':[5,1,9,3,8,2]}",
                text(log.aggregate(docs("{'$group': {'_id': null, 'all': {'$push': '$_id'}}}"))));
    }

    @Test
    void a_query_that_an_index_serves_uses_it() {
        create("{'capped': true, 'size': 10000}");
        insert(5, 1, 9, 3);
        log.createIndex(doc("{'key': {'n': 1}}"));

        assertEquals("3 9", ids(FindRequest.of(doc("{'n': 0}"))));
        assertEquals(
                "9 3", ids(FindRequest.of(doc("{'n': 0}")).withHint(value("{'$natural': 1}"))));
        assertEquals("5", ids(FindRequest.of(doc("{'_id': 5}"))));
        assertEquals(4, log.count(Document.EMPTY));
    }

    @Test
    void explain_shows_a_collection_scan_in_its_direction() {
        create("{'capped': true, 'size': 10000}");
        insert(2, 1);
        String told = text(log.explain(sorted("{'$natural': -1}"), Verbosity.EXECUTION_STATS));
        assertTrue(told.contains("'winningPlan':{'stage':'COLLSCAN','direction':'backward'"), told);
        assertTrue(told.contains("'docsExamined':2"), told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'$natural': 2} | ''",
                "{'$natural': 0} | ''",
                "{'$natural': true} | ''",
                "{'$natural': 'x'} | ''",
                "{'$natural': 1, 'a': 1} | ''",
                "{'a': 1, '$natural': 1} | ''",
                "{'$natural': 1} | {'$natural': -1}",
                "{'$natural': 1} | {'_id': 1}",
                "{'$natural': 1} | '_id_'",
                "{'a': 1} | {'$natural': 2}",
            })
    void natural_order_is_up_or_down_and_alone(String sort, String hint) {
        insert(1);
        Value wanted = hint.equals("''") ? Document.EMPTY : value(hint);
        assertCode(2, () -> log.find(sorted(sort).withHint(wanted)));
    }

    @Test
    void a_collection_that_is_not_capped_has_the_order_of_its_ids() {
        insert(5, 1, 9);
        assertEquals("1 5 9", ids(sorted("{'$natural': 1}")));
        assertEquals("9 5 1", ids(sorted("{'$natural': -1.0}")));
        assertEquals("9 5 1", ids(sorted("{'$natural': -1}").withHint(value("{'$natural': -1}"))));
        assertCode(16410, () -> log.aggregate(docs("{'$sort': {'$natural': 1}}")));
    }

    // ---- What it keeps

    @Test
    void the_oldest_documents_make_room_when_there_are_too_many() {
        create("{'capped': true, 'size': 10000, 'max': 3}");
        log.createIndex(doc("{'key': {'n': 1}, 'unique': false}"));
        insert(5, 1, 9, 3);
        assertEquals("1 9 3", ids());
        log.insertMany(docs("{'_id': 20}", "{'_id': 21}", "{'_id': 22}", "{'_id': 23}"), true);
        assertEquals("21 22 23", ids());
        assertEquals(3, log.estimatedCount());
        assertEquals("", ids(FindRequest.of(doc("{'n': {'$gte': 0}}"))));
    }

    @Test
    void the_oldest_documents_make_room_when_they_are_too_large() {
        int bytes = DocumentCodec.encode(doc("{'_id': 1, 'n': 1}")).length;
        create("{'capped': true, 'size': %d}".formatted(3 * bytes));
        insert(5, 1, 9, 3);
        assertEquals("1 9 3", ids());
        assertCode(
                2,
                () ->
                        log.insertOne(
                                doc("{'_id': 7, 'text': '%s'}".formatted("x".repeat(3 * bytes)))));
        assertEquals("1 9 3", ids());
    }

    @Test
    void one_document_may_push_out_all_others() {
        create("{'capped': true, 'size': 100, 'max': 50}");
        insert(1, 2, 3, 4);
        log.insertOne(doc("{'_id': 9, 'text': '%s'}".formatted("x".repeat(80))));
        assertEquals("9", ids());
    }

    @Test
    void updates_may_change_the_size_and_keep_the_place() {
        create("{'capped': true, 'size': 200}");
        insert(5, 1, 9);
        log.updateOne(
                doc("{'_id': 1}"), value("{'$set': {'text': '%s'}}".formatted("x".repeat(90))));
        log.replaceOne(doc("{'_id': 5}"), doc("{}"));
        assertEquals("5 1 9", ids());
        log.updateOne(
                doc("{'_id': 7}"),
                value("{'$set': {'n': 1}}"),
                UpdateOptions.DEFAULTS.withUpsert(true));
        assertEquals("5 1 9 7", ids());
        log.insertOne(doc("{'_id': 8, 'text': '%s'}".formatted("x".repeat(90))));
        assertEquals("9 7 8", ids());
    }

    @Test
    void documents_can_be_deleted() {
        create("{'capped': true, 'size': 10000, 'max': 3}");
        insert(5, 1, 9);
        assertEquals(1, log.deleteOne(doc("{'_id': 1}")).deletedCount());
        insert(3);
        assertEquals("5 9 3", ids());
        log.deleteOne(doc("{'_id': 5}"));
        assertEquals(
                "9",
                text(
                        log.findOneAndDelete(Document.EMPTY, FindAndModifyOptions.DEFAULTS)
                                .value()
                                .orElseThrow()
                                .get("_id")));
        log.deleteMany(Document.EMPTY);
        assertEquals("", ids());
        insert(1, 2, 3, 4);
        assertEquals("2 3 4", ids());
    }

    @Test
    void what_fails_in_a_batch_takes_no_place() {
        create("{'capped': true, 'size': 10000, 'max': 3}");
        log.createIndex(doc("{'key': {'u': 1}, 'unique': true}"));
        InsertManyResult result =
                log.insertMany(
                        docs(
                                "{'_id': 1, 'u': 1}",
                                "{'_id': 2, 'u': 1}",
                                "{'_id': 1, 'u': 3}",
                                "{'_id': 4, 'u': 4}"),
                        false);
        assertEquals(2, result.writeErrors().size());
        assertEquals("1 4", ids());
    }

    @Test
    void a_dropped_collection_leaves_no_order_behind() {
        create("{'capped': true, 'size': 10000}");
        insert(5, 1);
        log.drop();
        create("{'capped': true, 'size': 10000}");
        assertEquals("", ids());
        insert(3, 2);
        assertEquals("3 2", ids());
    }

    @Test
    void a_renamed_collection_keeps_its_order() {
        create("{'capped': true, 'size': 10000, 'max': 3}");
        insert(5, 1, 9);
        log.rename(database.collection("other").namespace(), false);
        DocumentCollection other = database.collection("other");
        other.insertOne(doc("{'_id': 2}"));
        assertEquals("{'_id':1,'n':1}{'_id':9,'n':0}{'_id':2}", text(other.find(Document.EMPTY)));
    }

    // ---- Transactions

    @Test
    void rule_121_transactions_do_not_write_to_it() {
        create("{'capped': true, 'size': 10000}");
        insert(1);
        try (DocumentTransaction transaction = smilodon.begin(TransactionSettings.DEFAULTS)) {
            DocumentCollection inside = transaction.database("d").collection("log");
            assertCode(263, () -> inside.insertOne(doc("{'_id': 2}")));
            assertCode(263, () -> inside.deleteOne(doc("{'_id': 1}")));
            assertCode(263, () -> inside.updateOne(doc("{'_id': 1}"), value("{'$set': {'a': 1}}")));
            assertEquals("{'_id':1,'n':1}", text(inside.find(Document.EMPTY)));
            assertTrue(transaction.isActive());
        }
        assertEquals("1", ids());
    }

    @Test
    void a_request_that_is_to_happen_once_may_write_to_it() {
        create("{'capped': true, 'size': 10000}");
        Document body = doc("{'document': {'_id': 1}, 'requestId': 'abcdefgh-1'}");
        Actions.run(log, "insertOne", body);
        Actions.run(log, "insertOne", body);
        assertEquals("1", ids());
    }

    @Test
    void pipelines_do_not_replace_it() {
        create("{'capped': true, 'size': 10000}");
        insert(1);
        assertCode(17152, () -> log.aggregate(docs("{'$out': 'log'}")));
        assertEquals("1", ids());
    }

    // ---- Much room at once

    private static Document withText(int id, int length) {
        return doc("{'_id': %d}".formatted(id)).with("t", Value.of("x".repeat(length)));
    }

    private void insertMany(int from, int to) {
        List<Document> documents = new ArrayList<>();
        for (int id = from; id < to; id++) {
            documents.add(doc("{'_id': %d}".formatted(id)));
        }
        log.insertMany(documents, true);
    }

    @Test
    void one_document_takes_the_place_of_thousands() {
        int bytes = DocumentCodec.encode(withText(-1, 50_000)).length;
        create("{'capped': true, 'size': %d}".formatted(bytes));
        insertMany(0, 2_500);
        assertCode(11000, () -> log.insertOne(withText(2_400, 49_000)));
        assertEquals(2_500, log.count(Document.EMPTY));
        log.insertOne(withText(-1, 50_000));
        assertEquals("-1", ids());
    }

    @Test
    void a_batch_makes_room_for_what_it_inserts_before() {
        create("{'capped': true, 'size': 50000}");
        insertMany(0, 2_500);
        List<Document> batch = new ArrayList<>(docs("{'_id': -1}", "{'_id': -2}"));
        batch.add(withText(-3, 40_000));
        batch.addAll(docs("{'_id': -4}", "{'_id': 2499}", "{'_id': -5}"));
        assertEquals(5, log.insertMany(batch, false).insertedIds().size());
        String ids = ids();
        assertTrue(ids.endsWith(" 2498 2499 -1 -2 -3 -4 -5"), ids);
        batch = new ArrayList<>(docs("{'_id': 7000}"));
        batch.add(withText(7_001, 30_000));
        batch.add(withText(7_002, 49_900));
        log.insertMany(batch, true);
        assertEquals("7002", ids());
    }

    @Test
    void documents_that_grew_make_room_although_their_images_exceed_a_transaction() {
        create(
                "{'capped': true, 'size': 100000,"
                        + " 'changeStreamPreAndPostImages': {'enabled': true}}");
        insertMany(0, 70);
        Document growth = Document.of("$set", Document.of("t", Value.of("x".repeat(1 << 20))));
        log.updateMany(Document.EMPTY, growth);
        insert(100);
        assertEquals("100", ids());
    }

    @Test
    void a_smaller_size_makes_room_although_the_images_exceed_a_transaction() {
        create(
                "{'capped': true, 'size': 100000000,"
                        + " 'changeStreamPreAndPostImages': {'enabled': true}}");
        for (int id = 0; id < 70; id++) {
            log.insertOne(withText(id, 1 << 20));
        }
        database.modifyCollection("log", doc("{'cappedSize': 2200000}"));
        assertEquals("68 69", ids());
    }
}
