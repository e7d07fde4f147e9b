package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.action.Actions;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ValidatorTest {

    private static final String ADULT = "{'validator': {'age': {'$gte': 18}}}";
    private static final int FAILURE = 121;

    private Smilodon smilodon;
    private Database database;
    private DocumentCollection people;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        database = smilodon.database("d");
        people = database.collection("people");
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private void create(String options) {
        database.createCollection("people", doc(options));
    }

    private void insert(String document) {
        people.insertOne(doc(document));
    }

    private UpdateResult set(int id, String fields) {
        return people.updateOne(
                Document.of("_id", Value.of(id)), value("{'$set': " + fields + "}"));
    }

    private String all() {
        return text(people.find(Document.EMPTY));
    }

    // ---- Documents from before it

    /** They are most of what a validation reads. */
    @Test
    void validating_reads_each_document_once_to_count_it_and_to_hold_it_to_the_rule() {
        List<Document> documents =
                IntStream.range(0, 1_000)
                        .mapToObj(id -> doc("{'_id': " + id + ", 'age': " + id % 20 + "}"))
                        .toList();
        people.insertMany(documents, true);
        long without = stepsOfVerifying();
        database.modifyCollection("people", doc(ADULT));
        long with = stepsOfVerifying();
        CollectionVerification found = people.verification().orElseThrow();
        assertEquals(900, found.nonCompliant());
        assertEquals(1_000, found.documents());
        assertTrue(with < without + 500, () -> with + " steps after " + without);
    }

    private long stepsOfVerifying() {
        long before = Steps.taken();
        people.verification();
        return Steps.taken() - before;
    }

    // ---- Which writes

    @Test
    void rule_117_a_validator_is_asked_about_every_kind_of_write() {
        create(ADULT);
        insert("{'_id': 1, 'age': 20}");
        UpdateOptions upsert = UpdateOptions.DEFAULTS.withUpsert(true);
        Document first = doc("{'_id': 1}");
        Document none = doc("{'_id': 2}");
        Value young = value("{'$set': {'age': 3}}");

        assertCode(FAILURE, () -> insert("{'_id': 2, 'age': 17}"));
        assertCode(FAILURE, () -> insert("{'_id': 2}"));
        assertCode(FAILURE, () -> people.updateOne(first, young));
        assertCode(FAILURE, () -> people.updateMany(first, young));
        assertCode(FAILURE, () -> people.replaceOne(first, doc("{'age': 3}")));
        assertCode(FAILURE, () -> people.updateOne(none, young, upsert));
        assertCode(FAILURE, () -> people.replaceOne(none, doc("{'age': 3}"), upsert));
        assertCode(
                FAILURE,
                () -> people.findOneAndUpdate(first, young, FindAndModifyOptions.DEFAULTS));
        assertCode(
                FAILURE,
                () -> people.findOneAndReplace(first, doc("{}"), FindAndModifyOptions.DEFAULTS));
        assertCode(FAILURE, () -> people.replaceById(Value.of(2), doc("{}"), Precondition.NONE));
        assertCode(FAILURE, () -> people.updateById(Value.of(1), young, Precondition.NONE));

        assertEquals("{'_id':1,'age':20}", all());
        assertEquals(1, set(1, "{'age': 21}").modifiedCount());
        assertEquals(1, people.deleteOne(first).deletedCount());
    }

    @Test
    void rule_117_an_insert_of_many_reports_each_document_that_failed() {
        create(ADULT);
        List<Document> documents =
                docs("{'_id': 1, 'age': 1}", "{'_id': 2, 'age': 20}", "{'_id': 3}");

        InsertManyResult result = people.insertMany(documents, false);

        assertEquals("{'_id':2,'age':20}", all());
        assertEquals(List.of(0, 2), result.writeErrors().stream().map(WriteError::index).toList());
        WriteError error = result.writeErrors().get(0);
        assertEquals(FAILURE, error.code().number());
        assertEquals(Value.of(1), error.errInfo().orElseThrow().get("failingDocumentId"));
        assertEquals(0, people.insertMany(documents, true).insertedCount());
    }

    @Test
    void rule_117_a_failure_says_which_document_and_why() {
        create(ADULT);

        SmilodonException failure = assertCode(FAILURE, () -> insert("{'_id': 7, 'age': 1}"));

        assertEquals("Document failed validation", failure.template());
        assertEquals("DocumentValidationFailure", failure.code().name());
        Document errInfo = (Document) failure.details().get("errInfo");
        assertEquals(Value.of(7), errInfo.get("failingDocumentId"));
        assertEquals(
                "{'operatorName':'$gte','specifiedAs':{'age':{'$gte':18}},"
                        + "'reason':'comparisonfailed','consideredValue':1}",
                text(errInfo.get("details")));
    }

    @Test
    void an_update_that_changes_nothing_asks_nobody() {
        insert("{'_id': 1, 'age': 3}");
        database.modifyCollection("people", doc(ADULT));

        assertEquals(1, set(1, "{'age': 3}").matchedCount());
    }

    @Test
    void a_rule_may_compute_and_sees_the_present() {
        create("{'validator': {'$expr': {'$lt': ['$born', '$$NOW']}}}");

        insert("{'_id': 1, 'born': {'$date': '2001-01-01T00:00:00Z'}}");
        assertCode(FAILURE, () -> insert("{'born': {'$date': '2901-01-01T00:00:00Z'}}"));
    }

    // ---- Levels and actions

    @Test
    void rule_117_moderate_spares_documents_that_were_invalid_before() {
        insert("{'_id': 1, 'age': 3}");
        insert("{'_id': 2, 'age': 30}");
        database.modifyCollection("people", doc(ADULT));
        assertCode(FAILURE, () -> set(1, "{'name': 'a'}"));

        database.modifyCollection("people", doc("{'validationLevel': 'moderate'}"));

        assertEquals(1, set(1, "{'name': 'a'}").modifiedCount());
        assertCode(FAILURE, () -> set(2, "{'age': 4}"));
        assertCode(FAILURE, () -> insert("{'_id': 3, 'age': 3}"));
        assertEquals(1, set(1, "{'age': 19}").modifiedCount());
        assertCode(FAILURE, () -> set(1, "{'age': 3}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'validationLevel': 'off'", "'validationAction': 'warn'"})
    void a_rule_that_is_off_or_only_warns_refuses_nothing(String option) {
        create("{'validator': {'age': {'$gte': 18}}, " + option + "}");

        insert("{'_id': 1, 'age': 3}");
        assertEquals(1, set(1, "{'age': 4}").modifiedCount());
    }

    @ParameterizedTest
    @CsvSource({"error, 121, ''", "errorAndLog, 121, failed", "warn, 0, would fail"})
    void what_becomes_of_a_failure_is_told_to_who_writes_or_to_the_log(
            String action, int code, String told) {
        create("{'validator': {'age': {'$gte': 18}}}");
        database.modifyCollection("people", doc("{'validationAction': '%s'}".formatted(action)));
        insert("{'_id': 1, 'age': 30}");

        List<String> log =
                told(
                        () -> {
                            if (code == 0) {
                                insert("{'_id': 2, 'age': 3}");
                                set(1, "{'age': 3}");
                            } else {
                                assertCode(code, () -> insert("{'_id': 2, 'age': 3}"));
                                assertCode(code, () -> set(1, "{'age': 3}"));
                            }
                        });

        assertEquals(code == 0 ? 2 : 0, people.count(doc("{'age': 3}")));
        String line = "Document " + told + " validation: %d in d.people";
        assertEquals(
                told.isEmpty() ? List.of() : List.of(line.formatted(2), line.formatted(1)), log);
        assertEquals(
                Value.of(action), people.stats().orElseThrow().options().get("validationAction"));
    }

    /** What the validator says in the log meanwhile. */
    private static List<String> told(Runnable writes) {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler listener =
                new StreamHandler() {
                    @Override
                    public synchronized void publish(LogRecord entry) {
                        lines.add(MessageFormat.format(entry.getMessage(), entry.getParameters()));
                    }
                };
        Logger logger = Logger.getLogger(Validator.class.getName());
        logger.addHandler(listener);
        try {
            writes.run();
        } finally {
            logger.removeHandler(listener);
        }
        return lines;
    }

    // ---- Going round it

    @Test
    void rule_117_validation_can_be_bypassed() {
        create(ADULT);

        people.bypassingValidation().insertOne(doc("{'_id': 1, 'age': 1}"));
        people.with(WriteOptions.SYNC)
                .bypassingValidation()
                .with(WriteOptions.DEFAULTS)
                .replaceOne(doc("{'_id': 1}"), doc("{'age': 2}"));

        assertEquals("{'_id':1,'age':2}", all());
        assertCode(FAILURE, () -> insert("{'_id': 2}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "insertOne | {'document': {'age': 1}",
                "insertMany | {'documents': [{'age': 1}]",
                "updateOne | {'filter': {'_id': 0}, 'update': {'$set': {'age': 1}}",
                "updateMany | {'filter': {'_id': 0}, 'update': {'$set': {'age': 1}}",
                "replaceOne | {'filter': {'_id': 0}, 'replacement': {'age': 1}",
                "findOneAndUpdate | {'filter': {'_id': 0}, 'update': {'$set': {'age': 1}}",
                "findOneAndReplace | {'filter': {'_id': 0}, 'replacement': {'age': 1}",
                "bulkWrite | {'operations': [{'insertOne': {'document': {'age': 1}}}]",
            })
    void actions_take_the_option_to_bypass(String action, String body) {
        create(ADULT);
        insert("{'_id': 0, 'age': 18}");

        Actions.run(people, action, doc(body + ", 'bypassDocumentValidation': true}"));

        assertEquals(1, people.count(doc("{'age': 1}")));
    }

    // ---- Where it is kept

    @Test
    void a_rule_outlives_the_process(@TempDir Path directory) {
        String options =
                "{'validator':{'a':{'$type':'int'}},'validationLevel':'moderate',"
                        + "'validationAction':'error'}";
        try (Smilodon before = Smilodon.open(directory)) {
            before.database("d").createCollection("c", doc(options));
            before.database("d").createCollection("plain");
        }
        try (Smilodon after = Smilodon.open(directory)) {
            DocumentCollection collection = after.database("d").collection("c");
            assertEquals(options, text(collection.stats().orElseThrow().options()));
            assertFalse(after.database("d").createCollection("c", doc(options)));
            assertFalse(after.database("d").createCollection("plain"));
            assertCode(48, () -> after.database("d").createCollection("c"));
            assertCode(FAILURE, () -> collection.insertOne(doc("{'a': 'x'}")));
            collection.createIndex(doc("{'key': {'a': 1}}"));
            assertCode(FAILURE, () -> collection.insertOne(doc("{'a': 'x'}")));
        }
    }

    @Test
    void a_rule_holds_inside_a_transaction_that_creates_the_collection() {
        try (DocumentTransaction transaction = smilodon.begin(TransactionSettings.DEFAULTS)) {
            Database inside = transaction.database("d");
            assertTrue(inside.createCollection("people", doc(ADULT)));
            inside.collection("people").insertOne(doc("{'_id': 1, 'age': 18}"));
            inside.collection("people").bypassingValidation().insertOne(doc("{'_id': 2}"));
            transaction.commit();
        }
        assertEquals(2, people.count(Document.EMPTY));
        try (DocumentTransaction transaction = smilodon.begin(TransactionSettings.DEFAULTS)) {
            DocumentCollection inside = transaction.database("d").collection("people");
            inside.insertOne(doc("{'_id': 3, 'age': 18}"));
            assertCode(FAILURE, () -> inside.insertOne(doc("{'_id': 4}")));
            assertCode(251, () -> inside.insertOne(doc("{'_id': 5, 'age': 18}")));
        }
        assertEquals(2, people.count(Document.EMPTY));
    }

    // ---- What is refused

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "14 | {'validator': 1}",
                "2  | {'validator': {'a': {'$gtt': 1}}}",
                "2  | {'validator': {'$text': {'$search': 'a'}}}",
                "115 | {'validator': {'$where': 'true'}}",
                "115 | {'validator': {'$and': [{'$where': 'true'}]}}",
                "2  | {'validator': {'$or': [{'a': 1}, {'b': {'$near': [1, 2]}}]}}",
                "2  | {'validator': {'b': {'$not': {'$nearSphere': [1, 2]}}}}",
                "14 | {'validationLevel': 1}",
                "2  | {'validationLevel': 'high'}",
                "14 | {'validationAction': true}",
                "2  | {'validationAction': 'fail'}",
                "2  | {'collation': {'locale': 'nowhere'}}",
                "9  | {'collation': {'locale': 'simple', 'strength': 1}}",
                "40414 | {'collation': {'strength': 1}}",
                "14 | {'collation': {'locale': 1}}",
                "14 | {'collation': 'de'}",
                "72 | {'capped': true}",
                "40415 | {'cpaped': true}",
            })
    void options_that_make_no_sense_are_refused(int code, String options) {
        assertCode(code, () -> create(options));
        assertFalse(people.exists());
    }

    @Test
    void the_simple_collation_is_no_option() {
        create("{'collation': {'locale': 'simple'}}");
        assertFalse(database.createCollection("people"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "config", "local"})
    void rule_117_the_servers_own_databases_have_no_validators(String name) {
        Database own = smilodon.database(name);
        assertCode(72, () -> own.createCollection("c", doc(ADULT)));
        assertCode(72, () -> database.createCollection("system.c", doc(ADULT)));
    }
}
