package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What mongodump and mongorestore ask, one command after the other, with documents as bytes. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DumpTest {

    private static final Served SERVED = new Served();

    /** mongorestore sends several inserts for a collection. */
    private static final int BATCH = 200;

    private final MongoDatabase from = SERVED.client().getDatabase("from");
    private final MongoDatabase to = SERVED.client().getDatabase("to");

    @AfterAll
    static void stop() {
        SERVED.close();
    }

    @BeforeEach
    void fill() {
        from.drop();
        to.drop();
        from.runCommand(Document.parse("{create: 'log', capped: true, size: 100000, max: 50}"));
        from.runCommand(
                Document.parse(
                        "{create: 'checked', validator: {n: {$gte: 0}}, collation: {locale: 'de'}}"));
        from.runCommand(
                Document.parse("{create: 'few', viewOn: 'checked', pipeline: [{$limit: 2}]}"));
        from.runCommand(
                Document.parse(
                        """
                        {createIndexes: 'checked', indexes: [
                            {v: 2, key: {n: 1, m: -1}, name: 'n_m', unique: true},
                            {v: 2, key: {t: 'text'}, name: 't', weights: {t: 3},
                                collation: {locale: 'simple'}},
                            {v: 2, key: {p: '2dsphere'}, name: 'p', '2dsphereIndexVersion': 3},
                            {v: 2, key: {d: 1}, name: 'd', expireAfterSeconds: 5000},
                            {v: 2, key: {'x.$**': 1}, name: 'x'},
                            {v: 2, key: {h: 'hashed'}, name: 'h'},
                            {v: 2, key: {q: 1}, name: 'q', partialFilterExpression: {q: {$gt: 5}},
                                hidden: true}]}
                        """));
        from.getCollection("checked")
                .insertMany(IntStream.range(0, 500).mapToObj(DumpTest::document).toList());
        from.getCollection("log")
                .insertMany(IntStream.range(0, 60).mapToObj(DumpTest::document).toList());
        from.getCollection("checked")
                .withDocumentClass(Document.class)
                .insertMany(
                        List.of(new Document("n", -1)),
                        new InsertManyOptions().bypassDocumentValidation(true));
    }

    private static Document document(int n) {
        return new Document("_id", new Document("b", n).append("a", n % 7L))
                .append("n", n)
                .append("t", "word" + n)
                .append("p", new Document("type", "Point").append("coordinates", List.of(n % 9, 5)))
                .append("x", new Document("y", Arrays.asList(n, null, 1.5)));
    }

    /** What a dump has of a collection. */
    private record Dumped(Document entry, List<Document> indexes, byte[] documents) {}

    private static Map<String, Dumped> dump(MongoDatabase database) {
        Map<String, Dumped> dumped = new TreeMap<>();
        Document all = Document.parse("{listCollections: 1, cursor: {}}");
        all.append(
                "filter",
                new Document("name", new Document("$not", Pattern.compile("^system\\."))));
        List<Document> listed =
                database.runCommand(all)
                        .get("cursor", Document.class)
                        .getList("firstBatch", Document.class);
        for (Document entry : listed) {
            String name = entry.getString("name");
            boolean isView = entry.getString("type").equals("view");
            List<Document> indexes = new ArrayList<>();
            if (!isView) {
                database.getCollection(name).listIndexes().into(indexes);
            }
            byte[] bytes = isView ? new byte[0] : bytes(database.getCollection(name));
            dumped.put(name, new Dumped(entry, indexes, bytes));
        }
        return dumped;
    }

    /** The documents one behind the other, as a .bson file has them. */
    private static byte[] bytes(MongoCollection<Document> collection) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (MongoCursor<RawBsonDocument> cursor =
                collection
                        .withDocumentClass(RawBsonDocument.class)
                        .find()
                        .hint(new Document("$natural", 1))
                        .noCursorTimeout(true)
                        .batchSize(90)
                        .cursor()) {
            while (cursor.hasNext()) {
                RawBsonDocument next = cursor.next();
                var content = next.getByteBuffer().asNIO();
                byte[] one = new byte[content.remaining()];
                content.get(one);
                file.writeBytes(one);
            }
        }
        return file.toByteArray();
    }

    private static List<RawBsonDocument> documents(byte[] file) {
        List<RawBsonDocument> documents = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        while (rest.hasRemaining()) {
            byte[] one = new byte[rest.getInt(rest.position())];
            rest.get(one);
            documents.add(new RawBsonDocument(one));
        }
        return documents;
    }

    private static void restore(Map<String, Dumped> dumped, MongoDatabase database) {
        dumped.forEach((name, one) -> restore(name, one, database));
    }

    private static void restore(String name, Dumped dumped, MongoDatabase database) {
        Document create = new Document("create", name);
        create.putAll(dumped.entry().get("options", Document.class));
        if (dumped.entry().containsKey("idIndex")) {
            Document idIndex = new Document(dumped.entry().get("idIndex", Document.class));
            idIndex.remove("v");
            create.append("idIndex", idIndex.append("ns", database.getName() + "." + name));
        }
        database.runCommand(create);
        MongoCollection<RawBsonDocument> target =
                database.getCollection(name, RawBsonDocument.class);
        List<RawBsonDocument> documents = documents(dumped.documents());
        for (int at = 0; at < documents.size(); at += BATCH) {
            target.insertMany(
                    documents.subList(at, Math.min(at + BATCH, documents.size())),
                    new InsertManyOptions().ordered(false).bypassDocumentValidation(true));
        }
        boolean isCollated = dumped.entry().get("options", Document.class).containsKey("collation");
        List<Document> others = new ArrayList<>();
        for (Document index : dumped.indexes()) {
            if (isCollated) { // an index that tells of none has none
                index.putIfAbsent("collation", new Document("locale", "simple"));
            }
            if (!index.get("name").equals("_id_")) {
                Document sent = new Document(index).append("ns", database.getName() + "." + name);
                sent.remove("v");
                others.add(sent);
            }
        }
        if (!others.isEmpty()) {
            database.runCommand(
                    new Document("createIndexes", name)
                            .append("indexes", others)
                            .append("ignoreUnknownIndexOptions", true));
        }
    }

    @Test
    void what_is_dumped_comes_back_byte_for_byte() {
        Map<String, Dumped> dumped = dump(from);
        assertEquals(List.of("checked", "few", "log"), List.copyOf(dumped.keySet()));
        restore(dump(from), to);
        Map<String, Dumped> again = dump(to);
        dumped.forEach(
                (name, one) -> {
                    assertEquals(one.indexes(), again.get(name).indexes());
                    assertEquals(
                            one.entry().get("options"), again.get(name).entry().get("options"));
                    assertArrayEquals(one.documents(), again.get(name).documents(), name);
                });
        assertEquals(8, again.get("checked").indexes().size());
        assertEquals(50, to.getCollection("log").countDocuments());
        assertEquals(2, to.getCollection("few").countDocuments());
        assertEquals(1, to.getCollection("checked").countDocuments(Filters.lt("n", 0)));
        assertThrows(
                MongoWriteException.class,
                () -> to.getCollection("checked").insertOne(new Document("n", -2)));
    }

    @Test
    void what_is_there_already_stays_and_is_told() {
        Map<String, Dumped> dumped = dump(from);
        restore(dumped, to);
        List<RawBsonDocument> documents = documents(dumped.get("checked").documents());
        MongoBulkWriteException refused =
                assertThrows(
                        MongoBulkWriteException.class,
                        () ->
                                to.getCollection("checked", RawBsonDocument.class)
                                        .insertMany(
                                                documents.subList(0, 50),
                                                new InsertManyOptions().ordered(false)));
        assertEquals(50, refused.getWriteErrors().size());
        assertTrue(refused.getWriteErrors().stream().allMatch(error -> error.getCode() == 11000));
    }

    /** Users are in collections; the log of a member, for --oplog, is not there. */
    @Test
    void users_and_oplog_are_looked_for_in_vain() {
        MongoDatabase admin = SERVED.client().getDatabase("admin");
        assertEquals(0, admin.getCollection("system.users").find().into(new ArrayList<>()).size());
        assertEquals(0, admin.getCollection("system.roles").countDocuments());
        MongoDatabase local = SERVED.client().getDatabase("local");
        assertEquals(
                List.of(),
                local.getCollection("oplog.rs")
                        .find()
                        .sort(new Document("$natural", -1))
                        .into(new ArrayList<>()));
        MongoCommandException refused =
                assertThrows(
                        MongoCommandException.class,
                        () ->
                                admin.runCommand(
                                        new BsonDocument("applyOps", new BsonArray(List.of()))));
        assertEquals(59, refused.getErrorCode());
    }
}
