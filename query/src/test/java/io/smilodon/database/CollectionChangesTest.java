package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.engine.value.Document;
import java.nio.file.Path;
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
class CollectionChangesTest {

    private Smilodon smilodon;
    private Database database;
    private DocumentCollection films;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        database = smilodon.database("d");
        films = database.collection("films");
        films.insertMany(docs("{'_id': 1, 'a': 1}", "{'_id': 2, 'a': 2}"), true);
        films.createIndex(doc("{'key': {'a': 1}, 'unique': true}"));
        database.createCollection("view", doc("{'viewOn': 'films', 'pipeline': []}"));
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private String change(String collection, String changes) {
        return text(database.modifyCollection(collection, doc(changes)));
    }

    private String plan(String filter) {
        try (DocumentCursor cursor = films.find(doc(filter))) {
            return cursor.planSummary();
        }
    }

    @Test
    void each_part_of_a_rule_changes_for_itself() {
        assertEquals("{}", change("films", "{'validator': {'a': 1}}"));
        assertCode(121, () -> films.insertOne(doc("{'a': 3}")));
        change("films", "{'validationLevel': 'off'}");
        films.insertOne(doc("{'_id': 3, 'a': 3}"));
        assertEquals(
                "{'validator':{'a':1},'validationLevel':'off','validationAction':'error'}",
                text(films.stats().orElseThrow().options()));
        change("films", "{'validator': {}, 'validationLevel': 'strict'}");
        assertEquals(Document.EMPTY, films.stats().orElseThrow().options());
    }

    @Test
    void change_streams_show_documents_as_they_were_once_that_is_switched_on() {
        change("films", "{'changeStreamPreAndPostImages': {'enabled': true}}");
        assertEquals(
                "{'changeStreamPreAndPostImages':{'enabled':true}}",
                text(films.stats().orElseThrow().options()));
        WatchOptions options = WatchOptions.DEFAULTS.withBeforeChange(WatchOptions.Image.REQUIRED);
        try (ChangeStream stream = films.watch(List.of(), options)) {
            films.updateOne(doc("{'_id': 1}"), value("{'$set': {'a': 9}}"));

            Document event = stream.poll().orElseThrow();
            assertEquals(doc("{'_id': 1, 'a': 1}"), event.get("fullDocumentBeforeChange"));
        }
        change("films", "{'changeStreamPreAndPostImages': {'enabled': false}}");
        assertEquals(Document.EMPTY, films.stats().orElseThrow().options());
    }

    @Test
    void a_view_becomes_another() {
        change("view", "{'viewOn': 'films', 'pipeline': [{'$match': {'a': 2}}]}");
        assertEquals(1, database.collection("view").count(Document.EMPTY));
        assertEquals("{}", change("view", "{}"));
    }

    @Test
    void rule_086_a_hidden_index_is_used_by_no_plan_but_kept() {
        assertEquals("EXPRESS_IXSCAN a_1", plan("{'a': 1}"));

        assertEquals(
                "{'hidden_old':false,'hidden_new':true}",
                change("films", "{'index': {'name': 'a_1', 'hidden': true}}"));

        assertEquals("COLLSCAN", plan("{'a': 1}"));
        assertCode(11000, () -> films.insertOne(doc("{'a': 1}")));
        assertCode(2, () -> films.find(FindRequest.of(doc("{'a': 1}")).withHint(value("'a_1'"))));
        films.insertOne(doc("{'_id': 3, 'a': 3}"));
        assertTrue(films.indexes().get(1).has("hidden"));

        assertEquals(
                "{'hidden_old':true,'hidden_new':false}",
                change("films", "{'index': {'keyPattern': {'a': 1}, 'hidden': false}}"));
        assertEquals("EXPRESS_IXSCAN a_1", plan("{'a': 3}"));
        assertEquals(1, films.count(doc("{'a': 3}")));
        assertFalse(films.indexes().get(1).has("hidden"));
        assertTrue(films.verify().isEmpty());
    }

    @Test
    void rule_086_an_index_may_be_hidden_from_the_start_and_stays_so(@TempDir Path directory) {
        try (Smilodon before = Smilodon.open(directory)) {
            DocumentCollection collection = before.database("d").collection("c");
            collection.insertOne(doc("{'_id': 1, 'b': 1}"));
            collection.createIndex(doc("{'key': {'b': 1}, 'hidden': true}"));
            assertEquals(
                    "all indexes already exist",
                    collection.createIndex(doc("{'key': {'b': 1}}")).note().orElseThrow());
        }
        try (Smilodon after = Smilodon.open(directory)) {
            DocumentCollection collection = after.database("d").collection("c");
            try (DocumentCursor cursor = collection.find(doc("{'b': 1}"))) {
                assertEquals("COLLSCAN", cursor.planSummary());
            }
            assertEquals(
                    "{'v':2,'key':{'b':1},'name':'b_1','hidden':true}",
                    text(collection.indexes().get(1)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "26 | none | {'validator': {}}",
                "40415 | films | {'validater': {}}",
                "72 | films | {'viewOn': 'x'}",
                "72 | films | {'pipeline': []}",
                "72 | films | {'cappedSize': 1}",
                "14 | films | {'validator': 1}",
                "2 | films | {'validationLevel': 'x'}",
                "72 | view | {'validator': {}}",
                "72 | view | {'index': {'name': 'a_1', 'hidden': true}}",
                "72 | view | {'changeStreamPreAndPostImages': {'enabled': true}}",
                "72 | films | {'changeStreamPreAndPostImages': {}}",
                "14 | films | {'changeStreamPreAndPostImages': true}",
                "5 | view | {'viewOn': 'view', 'pipeline': []}",
                "14 | films | {'index': 'a_1'}",
                "72 | films | {'index': {'hidden': true}}",
                "72 | films | {'index': {'name': 'a_1', 'keyPattern': {'a': 1}, 'hidden': true}}",
                "72 | films | {'index': {'name': 'a_1'}}",
                "72 | films | {'index': {'name': 'a_1', 'expireAfterSeconds': -5}}",
                "40415 | films | {'index': {'name': 'a_1', 'hiden': true}}",
                "14 | films | {'index': {'name': 'a_1', 'hidden': 1}}",
                "14 | films | {'index': {'name': 1, 'hidden': true}}",
                "14 | films | {'index': {'keyPattern': 'a', 'hidden': true}}",
                "27 | films | {'index': {'name': 'b_1', 'hidden': true}}",
                "27 | films | {'index': {'keyPattern': {'b': 1}, 'hidden': true}}",
                "2 | films | {'index': {'name': '_id_', 'hidden': true}}",
                "2 | films | {'index': {'keyPattern': {'_id': 1}, 'hidden': true}}",
            })
    void changes_that_make_no_sense_are_refused(int code, String collection, String changes) {
        assertCode(code, () -> change(collection, changes));
    }

    @Test
    void two_indexes_on_one_key_are_told_apart_by_name() {
        films.createIndex(doc("{'key': {'a': 1}, 'name': 'other', 'sparse': true}"));
        assertCode(
                181, () -> change("films", "{'index': {'keyPattern': {'a': 1}, 'hidden': true}}"));
        change("films", "{'index': {'name': 'other', 'hidden': true}}");
        assertEquals("EXPRESS_IXSCAN a_1", plan("{'a': 1}"));
    }

    @Test
    void a_transaction_changes_no_collection() {
        try (DocumentTransaction transaction = smilodon.begin(TransactionSettings.DEFAULTS)) {
            assertCode(
                    263, () -> transaction.database("d").modifyCollection("films", Document.EMPTY));
        }
    }
}
