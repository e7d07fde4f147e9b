package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.mongodb.CursorType;
import com.mongodb.MongoCommandException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.gridfs.GridFSBucket;
import com.mongodb.client.gridfs.GridFSBuckets;
import com.mongodb.client.model.CreateCollectionOptions;
import io.smilodon.database.VersionedDocument;
import io.smilodon.database.files.FileBucket;
import io.smilodon.database.files.FileContent;
import io.smilodon.database.files.FileUpload;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.value.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.bson.BsonString;
import org.bson.Document;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The official driver's files, and cursors that wait for more. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DriverStreamsTest {

    private static final Served SERVED = new Served();

    @AfterAll
    static void stop() {
        SERVED.close();
    }

    @BeforeEach
    void empty() {
        SERVED.database().drop();
    }

    private static MongoCollection<Document> log() {
        CreateCollectionOptions capped =
                new CreateCollectionOptions().capped(true).sizeInBytes(10_000);
        SERVED.database().createCollection("log", capped);
        MongoCollection<Document> log = SERVED.database().getCollection("log");
        log.insertOne(new Document("_id", 1));
        return log;
    }

    @Test
    void a_tailable_cursor_waits_for_documents() {
        MongoCollection<Document> log = log();
        try (MongoCursor<Document> cursor =
                log.find().cursorType(CursorType.TailableAwait).cursor()) {
            assertEquals(1, cursor.next().getInteger("_id"));
            CompletableFuture<Document> next = CompletableFuture.supplyAsync(cursor::next);
            SERVED.awaitRunning("getMore");
            log.insertOne(new Document("_id", 2));
            assertEquals(2, next.join().getInteger("_id"));
        }
    }

    @Test
    void an_operation_is_ended_by_its_number() {
        try (MongoCursor<Document> cursor =
                log().find().cursorType(CursorType.TailableAwait).cursor()) {
            cursor.next();
            CompletableFuture<Document> next = CompletableFuture.supplyAsync(cursor::next);
            int id = SERVED.awaitRunning("getMore").id();
            SERVED.client()
                    .getDatabase("admin")
                    .runCommand(new Document("killOp", 1).append("op", id));
            CompletionException ended = assertThrows(CompletionException.class, next::join);
            assertEquals(11601, ((MongoCommandException) ended.getCause()).getErrorCode());
        }
    }

    @Test
    void files_are_kept_in_chunks() {
        GridFSBucket bucket = GridFSBuckets.create(SERVED.database()).withChunkSizeBytes(50_000);
        byte[] content = new byte[1_234_567];
        new Random(1).nextBytes(content);
        ObjectId id = bucket.uploadFromStream("file", new ByteArrayInputStream(content));
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        bucket.downloadToStream("file", back);
        assertArrayEquals(content, back.toByteArray());
        assertEquals(content.length, bucket.find().first().getLength());
        assertEquals(25, SERVED.database().getCollection("fs.chunks").countDocuments());
        bucket.rename(id, "renamed");
        assertEquals("renamed", bucket.find().first().getFilename());
        bucket.delete(id);
        assertEquals(0, SERVED.database().getCollection("fs.chunks").countDocuments());
    }

    @Test
    void files_of_drivers_and_of_the_server_are_the_same() throws IOException {
        byte[] content = new byte[1_234_567];
        new Random(1).nextBytes(content);
        FileBucket own =
                new FileBucket(SERVED.smilodon().database(SERVED.database().getName()), "fs");
        own.create();
        GridFSBucket bucket = GridFSBuckets.create(SERVED.database()).withChunkSizeBytes(50_000);
        ObjectId id = bucket.uploadFromStream("of a driver", new ByteArrayInputStream(content));
        VersionedDocument file =
                own.find(io.smilodon.engine.value.ObjectId.ofHex(id.toHexString())).orElseThrow();
        ByteArrayOutputStream back = new ByteArrayOutputStream();
        try (FileContent all = own.content(file, 0, content.length)) {
            all.send(back);
        }
        assertArrayEquals(content, back.toByteArray());

        try (FileUpload upload = own.upload(content.length)) {
            upload.write(content);
            upload.finish(
                    Optional.of(Value.of("own")),
                    io.smilodon.engine.value.Document.of("filename", Value.of("of the server")),
                    Precondition.NONE);
        }
        ByteArrayOutputStream downloaded = new ByteArrayOutputStream();
        bucket.downloadToStream("of the server", downloaded);
        assertArrayEquals(content, downloaded.toByteArray());
        bucket.delete(new BsonString("own"));
        assertEquals(25, SERVED.database().getCollection("fs.chunks").countDocuments());
    }
}
