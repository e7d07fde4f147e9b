package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.client.ClientSession;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a driver reads and writes whose user has privileges about some documents only. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LimitedUsersTest {

    private static final int COUNT = 40;

    private Served served;
    private MongoClient root;
    private MongoClient ann;

    @BeforeEach
    void start() {
        served = Served.forUsers();
        ScramUsers.root(served, "root", "pencil");
        root = client("root", "admin");
        List<Document> notes = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            String owner = i % 2 == 0 ? "ann" : "bob";
            notes.add(new Document("_id", i).append("owner", owner).append("pay", 1_000 + i));
        }
        root.getDatabase("shop").getCollection("notes").insertMany(notes);
        root.getDatabase("shop").getCollection("open").insertOne(new Document("_id", 1));
        run("{createRole: 'own', roles: [], privileges: [" + ownNotes() + "]}");
        run("{createUser: 'ann', pwd: 'pencil', roles: ['own', 'reader']}", reader());
        ann = client("ann", "shop");
    }

    private static String ownNotes() {
        return "{resource: {db: 'shop', collection: 'notes'},"
                + " actions: ['find', 'insert', 'update', 'remove'],"
                + " readFilter: {owner: '@user'}, writeFilter: {owner: '@user'}}";
    }

    private static String reader() {
        return "{createRole: 'reader', roles: [], privileges: [{resource: {db: 'shop',"
                + " collection: 'open'}, actions: ['find']}]}";
    }

    /** Runs the last one first. */
    private void run(String... commands) {
        for (int i = commands.length - 1; i >= 0; i--) {
            root.getDatabase("shop").runCommand(Document.parse(commands[i]));
        }
    }

    private MongoClient client(String user, String source) {
        return MongoClients.create(
                "mongodb://"
                        + user
                        + ":pencil@127.0.0.1:"
                        + served.server().port()
                        + "/shop?serverSelectionTimeoutMS=5000&authSource="
                        + source);
    }

    @AfterEach
    void stop() {
        ann.close();
        root.close();
        served.close();
    }

    private MongoDatabase shop() {
        return ann.getDatabase("shop");
    }

    private MongoCollection<Document> notes() {
        return shop().getCollection("notes");
    }

    private static void assertOwn(Iterable<Document> found) {
        int count = 0;
        for (Document note : found) {
            assertEquals("ann", note.getString("owner"), note.toJson());
            count++;
        }
        assertEquals(COUNT / 2, count);
    }

    private static void assertRefused(Executable request) {
        assertEquals(13, assertThrows(MongoException.class, request).getCode());
    }

    @Test
    void every_batch_of_every_way_to_read_has_own_documents_only() {
        assertOwn(notes().find().batchSize(3));
        assertOwn(notes().find(Filters.gte("pay", 0)).sort(new Document("pay", -1)).batchSize(3));
        assertOwn(notes().aggregate(List.of(Aggregates.sort(new Document("pay", 1)))).batchSize(3));
        assertEquals(COUNT / 2, notes().countDocuments());
        assertEquals(
                List.of("ann"), notes().distinct("owner", String.class).into(new ArrayList<>()));
        assertNull(notes().find(Filters.eq("_id", 1)).first());
    }

    @Test
    void joins_from_what_is_not_limited_find_own_documents_only() {
        Document joined =
                shop().getCollection("open")
                        .aggregate(List.of(Aggregates.lookup("notes", List.of(), "notes")))
                        .first();
        assertOwn(joined.getList("notes", Document.class));
        List<Document> all = new ArrayList<>();
        shop().getCollection("open")
                .aggregate(List.of(Aggregates.unionWith("notes", List.of())))
                .into(all);
        assertOwn(all.subList(1, all.size()));
    }

    @Test
    void transactions_and_snapshots_find_own_documents_only() {
        try (ClientSession session = ann.startSession()) {
            session.startTransaction();
            assertOwn(notes().find(session).batchSize(3));
            session.commitTransaction();
        }
    }

    @Test
    void nobody_else_s_documents_are_written() {
        assertEquals(
                0,
                notes().updateOne(Filters.eq("_id", 1), Updates.set("pay", 1)).getMatchedCount());
        assertEquals(
                COUNT / 2,
                notes().updateMany(new Document(), Updates.inc("n", 1)).getMatchedCount());
        assertNull(notes().findOneAndDelete(Filters.eq("_id", 1)));
        assertEquals(0, notes().deleteOne(Filters.eq("owner", "bob")).getDeletedCount());
        assertRefused(() -> notes().insertOne(new Document("_id", 99).append("owner", "bob")));
        assertRefused(() -> notes().updateOne(Filters.eq("_id", 2), Updates.set("owner", "bob")));
        Document after =
                notes().findOneAndUpdate(
                                Filters.eq("owner", "ann"),
                                Updates.set("seen", true),
                                new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
        assertEquals("ann", after.getString("owner"));
        MongoBulkWriteException partly =
                assertThrows(
                        MongoBulkWriteException.class,
                        () ->
                                notes().insertMany(
                                                List.of(
                                                        new Document("_id", 100)
                                                                .append("owner", "ann"),
                                                        new Document("_id", 101)
                                                                .append("owner", "bob"))));
        assertEquals(1, partly.getWriteResult().getInsertedCount());
        assertEquals(13, partly.getWriteErrors().get(0).getCode());
        long others =
                root.getDatabase("shop")
                        .getCollection("notes")
                        .countDocuments(
                                Document.parse(
                                        "{owner: 'bob', n: {$exists: false}, pay: {$gt: 1}}"));
        assertEquals(COUNT / 2, others);
    }

    @Test
    void what_would_show_all_documents_is_refused() {
        assertRefused(() -> notes().watch().cursor().tryNext());
        assertRefused(() -> shop().watch().cursor().tryNext());
        assertRefused(() -> shop().runCommand(Document.parse("{dbStats: 1}")));
        assertRefused(() -> shop().runCommand(Document.parse("{collStats: 'notes'}")));
        assertRefused(() -> notes().aggregate(List.of(Aggregates.out("copy"))).toCollection());
        assertRefused(() -> notes().aggregate(List.of(Aggregates.merge("notes"))).toCollection());
    }

    @Test
    void who_loses_the_privilege_reads_no_further() {
        try (MongoCursor<Document> cursor = notes().find().batchSize(3).cursor()) {
            assertEquals("ann", cursor.next().getString("owner"));
            run("{updateUser: 'ann', roles: ['reader']}");
            MongoException refused =
                    assertThrows(MongoException.class, () -> cursor.forEachRemaining(note -> {}));
            assertTrue(List.of(13, 43, 237).contains(refused.getCode()), refused.toString());
        }
        assertRefused(() -> notes().find().first());
    }
}
