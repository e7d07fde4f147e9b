package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.docs;
import static io.smilodon.database.Json.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.smilodon.database.action.Actions;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutputsTest {

    private Smilodon smilodon;
    private DocumentCollection source;
    private DocumentCollection target;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        source = smilodon.database("d").collection("source");
        target = smilodon.database("d").collection("target");
        source.insertMany(
                docs("{'_id': 1, 'a': 10}", "{'_id': 2, 'a': 20}", "{'_id': 3, 'a': 30}"), true);
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private String run(String... stages) {
        return text(source.aggregate(docs(stages)));
    }

    private static String contents(DocumentCollection collection) {
        return text(collection.find(Document.EMPTY));
    }

    private List<String> collections() {
        return smilodon.database("d").collections().stream().map(one -> one.name()).toList();
    }

    // ---- $out

    @Test
    void rule_100_out_writes_the_result_and_returns_nothing() {
        assertEquals("", run("{'$match': {'a': {'$gt': 10}}}", "{'$out': 'target'}"));
        assertEquals("{'_id':2,'a':20}{'_id':3,'a':30}", contents(target));
    }

    @Test
    void rule_100_out_replaces_what_was_there_and_keeps_the_indexes() {
        target.insertOne(doc("{'_id': 9, 'a': 9}"));
        target.createIndex(doc("{'key': {'a': 1}, 'unique': true}"));

        run("{'$project': {'a': 1}}", "{'$out': 'target'}");

        assertEquals("{'_id':1,'a':10}{'_id':2,'a':20}{'_id':3,'a':30}", contents(target));
        try (DocumentCursor cursor = target.find(doc("{'a': 20}"))) {
            assertEquals("EXPRESS_IXSCAN a_1", cursor.planSummary());
            assertEquals("{'_id':2,'a':20}", text(cursor));
        }
        assertEquals(List.of(), target.verify());
        assertCode(11000, () -> target.insertOne(doc("{'a': 20}")));
        assertEquals(List.of("source", "target"), collections());
        assertEquals(3, target.estimatedCount());
    }

    @Test
    void rule_100_out_may_replace_the_collection_that_it_reads_and_others_read_the_old_one() {
        try (DocumentCursor reader = source.find(Document.EMPTY)) {
            run("{'$match': {'_id': 1}}", "{'$set': {'b': 1}}", "{'$out': 'source'}");
            assertEquals("{'_id':1,'a':10}{'_id':2,'a':20}{'_id':3,'a':30}", text(reader));
        }
        assertEquals("{'_id':1,'a':10,'b':1}", contents(source));
    }

    @Test
    void rule_100_out_that_fails_leaves_what_was_there() {
        target.insertOne(doc("{'_id': 9, 'a': 9}"));
        target.createIndex(doc("{'key': {'u': 1}, 'unique': true}"));

        SmilodonException duplicate =
                assertCode(11000, () -> run("{'$set': {'u': 1}}", "{'$out': 'target'}"));
        assertEquals("{'u':1}", text((Document) duplicate.details().get("keyPattern")));
        assertCode(28765, () -> run("{'$set': {'x': {'$sqrt': 'a'}}}", "{'$out': 'target'}"));

        assertEquals("{'_id':9,'a':9}", contents(target));
        assertEquals(List.of("source", "target"), collections());
    }

    @Test
    void an_empty_result_makes_an_empty_collection_in_another_database_too() {
        run("{'$match': {'a': 0}}", "{'$out': {'db': 'other', 'coll': 'made'}}");

        assertEquals(
                List.of("made"),
                smilodon.database("other").collections().stream().map(one -> one.name()).toList());
    }

    @Test
    void documents_without_an_id_get_one() {
        run("{'$project': {'_id': 0}}", "{'$limit': 2}", "{'$out': 'target'}");
        assertEquals(2, target.count(doc("{'_id': {'$type': 'objectId'}}")));
    }

    @Test
    void readers_see_the_old_or_the_new_never_a_mixture() throws InterruptedException {
        run("{'$set': {'round': 0}}", "{'$out': 'target'}");
        AtomicBoolean ended = new AtomicBoolean();
        List<String> wrong = new ArrayList<>();
        Thread reader =
                new Thread(
                        () -> {
                            while (!ended.get()) {
                                String rounds = text(target.aggregate(docs(ROUNDS)));
                                if (!rounds.matches("\\{'_id':\\d+,'n':3}")) {
                                    wrong.add(rounds);
                                }
                            }
                        });
        reader.start();
        try {
            for (int round = 1; round <= 20; round++) {
                run("{'$set': {'round': " + round + "}}", "{'$out': 'target'}");
            }
        } finally {
            ended.set(true);
        }
        reader.join();
        assertEquals(List.of(), wrong);
    }

    private static final String ROUNDS = "{'$group': {'_id': '$round', 'n': {'$sum': 1}}}";

    @Test
    void a_change_of_indexes_while_it_writes_ends_it() {
        assertEndsOut(
                (access, target) -> new Indexes(access, target).create(doc("{'key': {'z': 1}}")));
        Document search = doc("{'definition': {'mappings': {'dynamic': true}}}");
        assertEndsOut(
                (access, target) ->
                        new SearchIndexes(access, target).create(List.of(search), Location.ROOT));
    }

    private static void assertEndsOut(BiConsumer<Access, Namespace> change) {
        try (Instance instance =
                Instance.start(
                        EmbeddedStore.open(new FaultyDirectory(), StorageOptions.DEFAULTS),
                        new MemoryDirectory(),
                        DatabaseOptions.DEFAULTS)) {
            Namespace namespace = new Namespace("d", "target");
            new Inserts(new CollectionWrites(instance.newest(), namespace))
                    .insertOne(doc("{'_id': 9}"));
            OutWriter writer =
                    new OutWriter(
                            instance.newest(),
                            namespace,
                            new CollectionWrites(instance.newest(), namespace));
            writer.begin();
            writer.write(docs("{'_id': 1}"));
            change.accept(instance.newest(), namespace);

            assertCode(125, writer::finish);
            writer.abandon();

            List<CollectionSummary> left = instance.definitions().collections("d");
            assertEquals(List.of("target"), left.stream().map(CollectionSummary::name).toList());
            assertEquals(1, left.getFirst().documentCount());
        }
    }

    // ---- $merge

    @Test
    void rule_100_merge_brings_fields_together_and_inserts_the_rest() {
        target.insertOne(doc("{'_id': 1, 'a': 0, 'b': 7}"));
        assertEquals("", run("{'$merge': 'target'}"));
        assertEquals("{'_id':1,'a':10,'b':7}{'_id':2,'a':20}{'_id':3,'a':30}", contents(target));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "replace      | insert  | {'_id':1,'a':10}{'_id':2,'a':20}{'_id':3,'a':30}",
                "replace      | discard | {'_id':1,'a':10}",
                "merge        | discard | {'_id':1,'a':10,'b':7}",
                "keepExisting | insert  | {'_id':1,'a':0,'b':7}{'_id':2,'a':20}{'_id':3,'a':30}"
            })
    void rule_100_merge_modes(String matched, String notMatched, String expected) {
        target.insertOne(doc("{'_id': 1, 'a': 0, 'b': 7}"));
        run(
                "{'$merge': {'into': 'target', 'whenMatched': '"
                        + matched
                        + "', 'whenNotMatched': '"
                        + notMatched
                        + "'}}");
        assertEquals(expected, contents(target));
    }

    @Test
    void rule_100_merge_that_must_not_match_or_must_match() {
        target.insertOne(doc("{'_id': 2}"));
        assertCode(11000, () -> run("{'$merge': {'into': 'target', 'whenMatched': 'fail'}}"));
        assertEquals("{'_id':1,'a':10}{'_id':2}{'_id':3,'a':30}", contents(target));

        target.deleteOne(doc("{'_id': 1}"));
        assertCode(13113, () -> run("{'$merge': {'into': 'target', 'whenNotMatched': 'fail'}}"));
        assertEquals("{'_id':2,'a':20}{'_id':3,'a':30}", contents(target));
    }

    @Test
    void rule_100_merge_on_other_fields_needs_a_unique_index_of_them() {
        String merge =
                "{'$merge': {'into': 'target', 'on': ['b.c', 'a'], 'whenMatched': 'replace'}}";
        String[] stages = {"{'$project': {'_id': 0, 'a': 1, 'b.c': {'$literal': 1}}}", merge};
        assertCode(51183, () -> run(stages));
        target.createIndex(doc("{'key': {'a': 1, 'b.c': -1}}"));
        assertCode(51183, () -> run(stages));
        target.createIndex(doc("{'key': {'a': 1, 'b.c': 1}, 'unique': true}"));
        target.insertOne(doc("{'_id': 7, 'a': 10, 'b': {'c': 1}, 'gone': 1}"));

        run(stages);

        assertEquals(3, target.count(Document.EMPTY));
        assertEquals("{'_id':7,'a':10,'b':{'c':1}}", text(target.findOne(doc("{'a': 10}")).get()));
        assertCode(51132, () -> run("{'$unset': 'a'}", merge));
        assertCode(51132, () -> run("{'$set': {'b': {'c': null}}}", merge));
        assertCode(51185, () -> run("{'$set': {'b': {'c': [1]}}}", merge));
        assertCode(51132, () -> run("{'$set': {'b': [{'c': 1}]}}", merge));
    }

    @Test
    void rule_100_merge_does_not_change_an_id() {
        target.createIndex(doc("{'key': {'a': 1}, 'unique': true}"));
        target.insertOne(doc("{'_id': 7, 'a': 10}"));
        for (String mode : List.of("'replace'", "'merge'", "[{'$set': {'_id': 8}}]")) {
            assertCode(
                    66,
                    () ->
                            run(
                                    "{'$match': {'_id': 1}}",
                                    "{'$merge': {'into': 'target', 'on': 'a', 'whenMatched': "
                                            + mode
                                            + "}}"));
        }
        assertEquals("{'_id':7,'a':10}", contents(target));
    }

    /** Only what the pipeline makes of the document there counts. */
    @Test
    void rule_100_the_id_of_the_new_document_does_not_matter_to_a_pipeline() {
        target.createIndex(doc("{'key': {'a': 1}, 'unique': true}"));
        target.insertOne(doc("{'_id': 7, 'a': 10}"));
        run(
                "{'$match': {'_id': 1}}",
                "{'$merge': {'into': 'target', 'on': 'a',"
                        + " 'whenMatched': [{'$set': {'new': '$$new._id'}}]}}");
        assertEquals("{'_id':7,'a':10,'new':1}", contents(target));
    }

    @Test
    void a_pipeline_changes_what_is_there() {
        target.insertOne(doc("{'_id': 1, 'a': 1}"));
        run(
                "{'$merge': {'into': 'target', 'let': {'twice': {'$multiply': ['$a', 2]}},"
                        + " 'whenMatched': [{'$set': {'a': {'$add': ['$a', '$$new.a', '$$twice']},"
                        + " 'n': 1}}, {'$unset': 'n'}]}}");
        assertEquals("{'_id':1,'a':31}{'_id':2,'a':20}{'_id':3,'a':30}", contents(target));
        assertEquals(List.of(), target.verify());
    }

    @Test
    void a_merge_into_the_collection_that_is_read() {
        run("{'$set': {'b': '$a'}}", "{'$merge': {'into': 'source'}}");
        assertEquals(
                "{'_id':1,'a':10,'b':10}{'_id':2,'a':20,'b':20}{'_id':3,'a':30,'b':30}",
                contents(source));
    }

    // ---- Both

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "16990 | {'$out': 1}",
                "40414 | {'$out': {'db': 'x'}}",
                "40415 | {'$out': {'db': 'x', 'coll': 'y', 'z': 1}}",
                "14    | {'$out': {'db': 1, 'coll': 'y'}}",
                "73    | {'$out': 'a$b'}",
                "17385 | {'$out': 'system.users'}",
                "31321 | {'$out': {'db': 'admin', 'coll': 'x'}}",
                "14    | {'$merge': 1}",
                "40414 | {'$merge': {}}",
                "40415 | {'$merge': {'into': 'x', 'form': 1}}",
                "51178 | {'$merge': {'into': 1}}",
                "5786800 | {'$merge': {'into': ''}}",
                "31319 | {'$merge': 'system.x'}",
                "31320 | {'$merge': {'into': {'db': 'local', 'coll': 'x'}}}",
                "51186 | {'$merge': {'into': 'x', 'on': 1}}",
                "51187 | {'$merge': {'into': 'x', 'on': []}}",
                "51134 | {'$merge': {'into': 'x', 'on': [1]}}",
                "31465 | {'$merge': {'into': 'x', 'on': ['a', 'a']}}",
                "51191 | {'$merge': {'into': 'x', 'whenMatched': 1}}",
                "2     | {'$merge': {'into': 'x', 'whenMatched': 'pipeline'}}",
                "2     | {'$merge': {'into': 'x', 'whenNotMatched': 'x'}}",
                "14    | {'$merge': {'into': 'x', 'whenNotMatched': 1}}",
                "51181 | {'$merge': {'into': 'x', 'whenMatched': 'fail', 'whenNotMatched': 'fail'}}",
                "51199 | {'$merge': {'into': 'x', 'let': {'a': 1}}}",
                "51273 | {'$merge': {'into': 'x', 'let': {'new': 1}, 'whenMatched': []}}",
                "14    | {'$merge': {'into': 'x', 'let': 1, 'whenMatched': []}}",
                "72    | {'$merge': {'into': 'x', 'whenMatched': [{'$match': {}}]}}",
                "40600 | {'$facet': {'a': [{'$out': 'x'}]}}",
                "51047 | {'$lookup': {'from': 'x', 'pipeline': [{'$out': 'x'}], 'as': 'y'}}",
                "31441 | {'$unionWith': {'coll': 'x', 'pipeline': [{'$merge': 'x'}]}}"
            })
    void what_is_refused(int code, String stage) {
        assertCode(code, () -> run(stage));
        assertFalse(collections().contains("x"));
    }

    @Test
    void rule_094_they_stand_last() {
        assertCode(40601, () -> run("{'$out': 'x'}", "{'$match': {}}"));
        assertCode(40601, () -> run("{'$merge': 'x'}", "{'$out': 'x'}"));
    }

    @Test
    void neither_is_part_of_a_transaction_nor_of_the_past() {
        for (String stage : List.of("{'$out': 'target'}", "{'$merge': 'target'}")) {
            smilodon.transaction(
                    TransactionSettings.DEFAULTS,
                    transaction -> {
                        DocumentCollection own = transaction.database("d").collection("source");
                        assertCode(263, () -> own.aggregate(docs(stage)));
                        assertEquals(3, own.count(Document.EMPTY));
                        return 0;
                    });
            DocumentCollection past = source.asOf(AsOf.sequence(1));
            assertCode(72, () -> past.aggregate(docs(stage)));
        }
        assertFalse(target.exists());
    }

    @Test
    void the_action_returns_an_empty_batch() {
        Document answer =
                Actions.run(source, "aggregate", doc("{'pipeline': [{'$out': 'target'}]}"));
        assertEquals("[]", text(answer.get("documents")));
        assertEquals(3, target.count(Document.EMPTY));
    }

    @Test
    void explaining_writes_nothing() {
        source.explain(
                docs("{'$out': 'target'}"), AggregateOptions.DEFAULTS, Verbosity.EXECUTION_STATS);
        assertFalse(target.exists());
    }
}
