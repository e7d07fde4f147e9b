package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static io.smilodon.database.Json.text;
import static io.smilodon.database.Json.value;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.engine.file.MemoryDirectory;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.index.IndexOptions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Documents that expire; the clock of the test says when. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TtlTest {

    private final SetClock clock = new SetClock();
    private Smilodon smilodon;
    private DocumentCollection things;

    /** Stands still until it is told. */
    private static final class SetClock extends Clock {

        private long millis;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public long millis() {
            return millis;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(millis);
        }
    }

    @BeforeEach
    void open() {
        smilodon = open(TtlSettings.OFF);
        things = smilodon.database("test").collection("things");
    }

    private Smilodon open(TtlSettings settings) {
        return Smilodon.inMemory(DatabaseOptions.DEFAULTS.withClock(clock).withTtl(settings));
    }

    @AfterEach
    void close() {
        assertEquals(List.of(), things.verify());
        smilodon.close();
    }

    private void index(String specification) {
        things.createIndex(doc(specification));
    }

    private void insert(String... documents) {
        for (String document : documents) {
            things.insertOne(doc(document));
        }
    }

    private static String at(long millis) {
        return "{'$date': {'$numberLong': '" + millis + "'}}";
    }

    private String ids() {
        return text(things.find(FindRequest.of(doc("{}")).withProjection(doc("{'_id': 1}"))));
    }

    @Test
    void rule_088_documents_expire_by_the_date_in_the_field() {
        index("{'key': {'at': 1}, 'expireAfterSeconds': 10}");
        insert("{'_id': 1, 'at': " + at(1_000) + "}", "{'_id': 2, 'at': " + at(2_000) + "}");
        insert("{'_id': 3, 'at': " + at(-5) + "}");

        clock.millis = 9_000;
        assertEquals(0, smilodon.removeExpired());
        clock.millis = 9_995;
        assertEquals(1, smilodon.removeExpired());
        clock.millis = 10_999;
        assertEquals(0, smilodon.removeExpired());
        clock.millis = 11_000;
        assertEquals(1, smilodon.removeExpired());
        assertEquals("{'_id':2}", ids());
        assertEquals(new TtlStatistics(4, 4, 2), smilodon.statistics().ttl());
    }

    @Test
    void rule_088_of_several_dates_the_earliest_counts_and_without_one_nothing_expires() {
        index("{'key': {'at': -1}, 'expireAfterSeconds': 0}");
        insert("{'_id': 1, 'at': [" + at(9_000) + ", " + at(1_000) + "]}");
        insert("{'_id': 2, 'at': ['x', " + at(9_000) + "]}", "{'_id': 3, 'at': []}");
        insert("{'_id': 4, 'at': 1}", "{'_id': 5}", "{'_id': 6, 'at': null}");
        insert("{'_id': 7, 'at': {'$timestamp': {'t': 0, 'i': 1}}}");

        clock.millis = 5_000;
        assertEquals(1, smilodon.removeExpired());
        clock.millis = 1_000_000_000;
        assertEquals(1, smilodon.removeExpired());
        assertEquals("{'_id':3}{'_id':4}{'_id':5}{'_id':6}{'_id':7}", ids());
    }

    @Test
    void rule_088_a_hidden_or_partial_index_lets_documents_expire() {
        index(
                "{'key': {'at': 1}, 'expireAfterSeconds': 0, 'hidden': true,"
                        + " 'partialFilterExpression': {'old': true}}");
        insert("{'_id': 1, 'at': " + at(0) + "}", "{'_id': 2, 'old': true, 'at': " + at(0) + "}");

        clock.millis = 1;
        assertEquals(1, smilodon.removeExpired());
        assertEquals("{'_id':1}", ids());
    }

    @Test
    void rule_088_indexes_have_turns_until_nothing_is_left() {
        clock.millis = 1;
        try (Smilodon small = open(new TtlSettings(0, 10, 60_000))) {
            fill(small.database("test").collection("one"), 25);
            fill(small.database("test").collection("two"), 5);
            assertEquals(30, small.removeExpired());
            assertEquals(new TtlStatistics(1, 4, 30), small.statistics().ttl());
        }
    }

    @Test
    void rule_088_a_thread_removes_what_has_expired_and_ends_with_the_database() {
        assertEquals(60_000, TtlSettings.DEFAULTS.periodMillis());
        assertEquals(50_000, TtlSettings.DEFAULTS.documentsMax());
        assertEquals(1_000, TtlSettings.DEFAULTS.millisMax());
        clock.millis = 1;
        try (Smilodon often = open(new TtlSettings(1, 50_000, 1_000))) {
            DocumentCollection collection = often.database("test").collection("c");
            fill(collection, 5);
            Await.until("all are deleted", () -> often.statistics().ttl().deletedDocuments() >= 5);
            assertEquals(0, collection.count(Document.EMPTY));
        }
    }

    private static void fill(DocumentCollection collection, int count) {
        collection.createIndex(doc("{'key': {'at': 1}, 'expireAfterSeconds': 0}"));
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            documents.add(doc("{'_id': " + id + ", 'at': " + at(0) + "}"));
        }
        collection.insertMany(documents, true);
    }

    @Test
    void rule_088_seconds_are_changed_by_collMod() {
        index("{'key': {'at': 1}, 'expireAfterSeconds': 100}");
        index("{'key': {'b': 1}}");
        index("{'key': {'c': 1, 'd': 1}}");
        insert("{'_id': 1, 'at': " + at(0) + "}", "{'_id': 2, 'b': " + at(0) + "}");

        clock.millis = 1_000;
        assertEquals(0, smilodon.removeExpired());
        assertEquals(
                "{'expireAfterSeconds_old':100,'expireAfterSeconds_new':1}",
                change("{'name': 'at_1', 'expireAfterSeconds': 1}"));
        assertEquals(
                "{'expireAfterSeconds_new':1}",
                change("{'keyPattern': {'b': 1}, 'expireAfterSeconds': 1.5}"));
        assertEquals(2, smilodon.removeExpired());
        assertEquals(
                "{'v':2,'key':{'b':1},'name':'b_1','expireAfterSeconds':1}",
                text(things.indexes().get(2)));
        assertCode(72, () -> change("{'name': 'c_1_d_1', 'expireAfterSeconds': 1}"));
        assertCode(72, () -> change("{'name': '_id_', 'expireAfterSeconds': 1}"));
        assertCode(72, () -> change("{'name': 'b_1', 'expireAfterSeconds': -1}"));
        assertCode(72, () -> change("{'name': 'b_1', 'expireAfterSeconds': 'x'}"));
    }

    @Test
    void rule_088_a_pass_goes_by_the_seconds_there_are_now() {
        MemoryDirectory directory = new MemoryDirectory();
        DatabaseOptions options = DatabaseOptions.DEFAULTS.withTtl(TtlSettings.OFF);
        try (Smilodon filled = Smilodon.open(directory, options)) {
            fill(filled.database("test").collection("c"), 2);
            filled.database("test")
                    .modifyCollection(
                            "c", doc("{'index': {'name': 'at_1', 'expireAfterSeconds': 100}}"));
        }
        TtlSettings oneAtATime = new TtlSettings(0, 1, 10);
        EmbeddedStore store = EmbeddedStore.open(directory, options.storage());
        try (Instance instance = Instance.start(store, directory, options)) {
            Expiry begun = beforeTheChange(instance);
            assertEquals(new Expiry.Turn(0, false), begun.run(oneAtATime));
        }
    }

    /** Each look at the clock finds it 400 ms later: at the start, and after each thousand. */
    @Test
    void rule_088_a_turn_ends_when_its_second_is_over() {
        MemoryDirectory directory = new MemoryDirectory();
        DatabaseOptions options = DatabaseOptions.DEFAULTS.withTtl(TtlSettings.OFF);
        try (Smilodon filled = Smilodon.open(directory, options)) {
            fill(filled.database("test").collection("c"), 3_500);
        }
        EmbeddedStore store = EmbeddedStore.open(directory, options.storage());
        try (Instance instance = Instance.start(store, directory, options)) {
            long almost = Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(500);
            AtomicLong nanos = new AtomicLong(almost);
            LongSupplier later = () -> nanos.getAndAdd(TimeUnit.MILLISECONDS.toNanos(400));
            Expiry turns = beforeTheChange(instance);

            assertEquals(new Expiry.Turn(3_000, true), turns.run(TtlSettings.OFF, later));
            assertEquals(new Expiry.Turn(500, false), turns.run(TtlSettings.OFF, later));
        }
    }

    /** A pass that began when documents expired at once. */
    private static Expiry beforeTheChange(Instance instance) {
        try (Snapshot snapshot = instance.snapshot()) {
            CollectionEntry entry = instance.catalog().collections(snapshot).get(0);
            IndexEntry now = entry.indexes().get(0);
            IndexOptions atOnce =
                    now.definition().options().withExpireAfterSeconds(Optional.of(Value.of(0)));
            IndexEntry before = now.withOptions(atOnce, entry.namespace());
            return new Expiry(instance, entry.replacing(before), before, 1_000);
        }
    }

    private String change(String index) {
        Document changes = doc("{'index': " + index + "}");
        return text(smilodon.database("test").modifyCollection("things", changes));
    }

    @Test
    void rule_088_what_cannot_expire() {
        String nan = "{'$numberDouble': 'NaN'}";
        assertCode(67, () -> index("{'key': {'a': 1, 'b': 1}, 'expireAfterSeconds': 1}"));
        assertCode(67, () -> index("{'key': {'a': 1}, 'expireAfterSeconds': -1}"));
        assertCode(67, () -> index("{'key': {'a': 1}, 'expireAfterSeconds': 'x'}"));
        assertCode(67, () -> index("{'key': {'a': 1}, 'expireAfterSeconds': 2147483648}"));
        assertCode(67, () -> index("{'key': {'a': 1}, 'expireAfterSeconds': " + nan + "}"));
        assertCode(197, () -> index("{'key': {'_id': 1}, 'expireAfterSeconds': 1}"));
        index("{'key': {'a': 1}, 'expireAfterSeconds': 2147483647}");
    }

    @Test
    void a_document_that_was_changed_is_kept() {
        index("{'key': {'at': 1}, 'expireAfterSeconds': 0}");
        insert("{'_id': 1, 'at': " + at(0) + "}");
        things.updateOne(doc("{'_id': 1}"), value("{'$set': {'at': " + at(50) + "}}"));

        clock.millis = 10;
        assertEquals(0, smilodon.removeExpired());
        assertEquals("{'_id':1}", ids());
    }
}
