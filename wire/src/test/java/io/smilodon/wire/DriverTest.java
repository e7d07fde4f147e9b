package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.mongodb.ClientSessionOptions;
import com.mongodb.ConnectionString;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerApi;
import com.mongodb.ServerApiVersion;
import com.mongodb.WriteConcern;
import com.mongodb.client.ChangeStreamIterable;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoChangeStreamCursor;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.changestream.ChangeStreamDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What programs do with the official driver. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DriverTest {

    private static final Served SERVED = new Served();

    private final MongoCollection<Document> people = SERVED.database().getCollection("people");

    @AfterAll
    static void stop() {
        SERVED.close();
    }

    @BeforeEach
    void empty() {
        people.drop();
    }

    private static Document person(int id) {
        return new Document("_id", id).append("name", "n" + id).append("age", 20 + id % 50);
    }

    private void insert(int count) {
        people.insertMany(IntStream.range(0, count).mapToObj(DriverTest::person).toList());
    }

    @Test
    void documents_are_written_found_changed_and_removed() {
        insert(10);
        assertEquals(10, people.countDocuments());
        assertEquals("n3", people.find(Filters.eq("_id", 3)).first().getString("name"));
        assertEquals(
                1,
                people.updateOne(Filters.eq("_id", 3), Updates.set("name", "x"))
                        .getModifiedCount());
        assertEquals("x", people.find(Filters.eq("_id", 3)).first().getString("name"));
        assertEquals(1, people.deleteOne(Filters.eq("_id", 3)).getDeletedCount());
        assertEquals(
                "n4",
                people.findOneAndUpdate(Filters.eq("_id", 4), Updates.inc("age", 1))
                        .getString("name"));
        assertEquals(9, people.estimatedDocumentCount());
    }

    @Test
    void cursors_go_on_beyond_their_first_batch() {
        insert(1000);
        List<Document> found =
                people.find().sort(Sorts.descending("_id")).batchSize(7).into(new ArrayList<>());
        assertEquals(1000, found.size());
        assertEquals(999, found.getFirst().getInteger("_id"));
    }

    @Test
    void a_bulk_of_many_documents_arrives_whole() {
        people.insertMany(
                IntStream.range(0, 100_000).mapToObj(id -> new Document("_id", id)).toList());
        assertEquals(100_000, people.estimatedDocumentCount());
    }

    @Test
    void pipelines_group() {
        insert(100);
        List<Document> groups =
                people.aggregate(
                                List.of(
                                        Aggregates.group("$age", Accumulators.sum("n", 1)),
                                        Aggregates.sort(Sorts.ascending("_id"))))
                        .into(new ArrayList<>());
        assertEquals(50, groups.size());
        assertEquals(2, groups.getFirst().getInteger("n"));
    }

    @Test
    void errors_have_code_and_place() {
        people.createIndex(Indexes.ascending("name"), new IndexOptions().unique(true));
        insert(3);
        MongoWriteException twice =
                assertThrows(
                        MongoWriteException.class,
                        () -> people.insertOne(new Document("name", "n1")));
        assertEquals(11000, twice.getError().getCode());
        MongoBulkWriteException bulk =
                assertThrows(
                        MongoBulkWriteException.class,
                        () ->
                                people.insertMany(
                                        List.of(person(7), person(1), person(8)),
                                        new InsertManyOptions().ordered(false)));
        assertEquals(1, bulk.getWriteErrors().getFirst().getIndex());
        assertEquals(2, bulk.getWriteResult().getInsertedCount());
        MongoCommandException unknown =
                assertThrows(
                        MongoCommandException.class,
                        () -> SERVED.database().runCommand(new Document("nothing", 1)));
        assertEquals(59, unknown.getErrorCode());
    }

    @Test
    void a_transaction_is_seen_when_it_commits() {
        insert(1);
        try (ClientSession session = SERVED.client().startSession()) {
            session.startTransaction();
            people.insertOne(session, person(1));
            people.updateOne(session, Filters.eq("_id", 0), Updates.set("name", "t"));
            assertEquals(2, people.countDocuments(session));
            assertEquals(1, people.countDocuments());
            session.commitTransaction();
            assertEquals(2, people.countDocuments());
            session.startTransaction();
            people.deleteMany(session, new Document());
            session.abortTransaction();
        }
        assertEquals(2, people.countDocuments());
    }

    @Test
    void a_write_that_fails_in_a_transaction_is_a_failed_write_of_the_driver() {
        insert(1);
        try (ClientSession session = SERVED.client().startSession()) {
            session.startTransaction();
            MongoWriteException one =
                    assertThrows(
                            MongoWriteException.class, () -> people.insertOne(session, person(0)));
            assertEquals(11000, one.getError().getCode());
            session.abortTransaction();
            session.startTransaction();
            MongoBulkWriteException bulk =
                    assertThrows(
                            MongoBulkWriteException.class,
                            () -> people.insertMany(session, List.of(person(1), person(0))));
            assertEquals(1, bulk.getWriteErrors().getFirst().getIndex());
            session.abortTransaction();
        }
        assertEquals(1, people.countDocuments());
    }

    @Test
    void a_transaction_that_conflicts_is_run_again() {
        insert(1);
        try (ClientSession session = SERVED.client().startSession()) {
            int[] runs = {0};
            session.withTransaction(
                    () -> {
                        people.find(session, Filters.eq("_id", 0)).first();
                        if (runs[0]++ == 0) {
                            people.updateOne(Filters.eq("_id", 0), Updates.inc("age", 1));
                        }
                        return people.updateOne(
                                session, Filters.eq("_id", 0), Updates.inc("age", 1));
                    });
            assertEquals(2, runs[0]);
        }
        assertEquals(22, people.find(Filters.eq("_id", 0)).first().getInteger("age"));
    }

    @Test
    void a_causally_consistent_session_reads_what_it_wrote() {
        try (ClientSession session = SERVED.client().startSession()) {
            people.insertOne(session, person(1));
            assertEquals("n1", people.find(session).first().getString("name"));
        }
    }

    @Test
    void a_session_of_snapshots_reads_one_state() {
        insert(3);
        ClientSessionOptions options = ClientSessionOptions.builder().snapshot(true).build();
        try (ClientSession session = SERVED.client().startSession(options)) {
            assertEquals(3, people.countDocuments(session));
            people.insertOne(person(3));
            assertEquals(3, people.countDocuments(session));
            assertEquals(4, people.countDocuments());
        }
    }

    @Test
    void a_client_may_keep_to_the_stable_api() {
        ServerApi api =
                ServerApi.builder()
                        .version(ServerApiVersion.V1)
                        .strict(true)
                        .deprecationErrors(true)
                        .build();
        String address = "mongodb://127.0.0.1:" + SERVED.server().port();
        MongoClientSettings settings =
                MongoClientSettings.builder()
                        .applyConnectionString(new ConnectionString(address))
                        .serverApi(api)
                        .build();
        try (MongoClient client = MongoClients.create(settings)) {
            MongoDatabase database = client.getDatabase("test");
            database.getCollection("people").insertOne(person(1));
            assertEquals(1, database.getCollection("people").countDocuments());
            MongoCommandException error =
                    assertThrows(
                            MongoCommandException.class,
                            () -> database.runCommand(new Document("serverStatus", 1)));
            assertEquals(323, error.getErrorCode());
        }
    }

    @Test
    void change_streams_wait_for_events_and_resume() {
        insert(1);
        ChangeStreamIterable<Document> watch = people.watch();
        try (MongoChangeStreamCursor<ChangeStreamDocument<Document>> cursor = watch.cursor()) {
            people.insertOne(person(1));
            people.deleteOne(Filters.eq("_id", 0));
            ChangeStreamDocument<Document> event = cursor.next();
            assertEquals(person(1), event.getFullDocument());
            try (MongoChangeStreamCursor<ChangeStreamDocument<Document>> resumed =
                    people.watch().resumeAfter(event.getResumeToken()).cursor()) {
                assertEquals(0, resumed.next().getDocumentKey().getInt32("_id").getValue());
            }
        }
    }

    @Test
    void writes_need_not_be_answered() {
        MongoCollection<Document> silent = people.withWriteConcern(WriteConcern.UNACKNOWLEDGED);
        try (MongoClient other = SERVED.connect("maxPoolSize=1")) {
            other.getDatabase("test")
                    .getCollection("people")
                    .withWriteConcern(silent.getWriteConcern())
                    .insertOne(person(1));
            assertEquals(1, other.getDatabase("test").getCollection("people").countDocuments());
        }
    }

    @Test
    void messages_may_be_compressed() {
        insert(500);
        try (MongoClient other = SERVED.connect("compressors=zlib")) {
            MongoCollection<Document> same = other.getDatabase("test").getCollection("people");
            assertEquals(500, same.find().into(new ArrayList<>()).size());
            same.insertMany(IntStream.range(500, 900).mapToObj(DriverTest::person).toList());
            assertEquals(900, same.countDocuments());
        }
    }

    @Test
    void a_server_of_its_own_needs_no_set() {
        try (Served alone = new Served(WireOptions.DEFAULTS.withPort(0).standalone())) {
            MongoCollection<Document> things = alone.database().getCollection("things");
            things.insertOne(person(1));
            assertEquals(1, things.countDocuments());
        }
    }

    @Test
    void wrong_credentials_are_refused_also_where_nobody_has_to_log_in() {
        try (MongoClient other = connected("mongodb://u:p@127.0.0.1:" + SERVED.server().port())) {
            MongoException refusal =
                    assertThrows(
                            MongoException.class,
                            () -> other.getDatabase("test").getCollection("x").countDocuments());
            assertEquals(18, ((MongoException) refusal.getCause()).getCode());
        }
    }

    private static MongoClient connected(String uri) {
        return MongoClients.create(uri + "/?serverSelectionTimeoutMS=5000");
    }
}
