package io.smilodon.database.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.ConditionalWriteResult;
import io.smilodon.database.ConditionalWriteResult.Outcome;
import io.smilodon.database.Smilodon;
import io.smilodon.database.VersionedDocument;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FileBucketTest {

    private static final int CHUNK = FileUpload.CHUNK_BYTES;
    private static final long SIZE_MAX = 20L << 20;
    private static final Document NAME = Document.of("filename", Value.of("lake.jpg"));

    private final Smilodon smilodon = Smilodon.inMemory();
    private final FileBucket bucket = new FileBucket(smilodon.database("media"), "fs");

    @BeforeEach
    void create() {
        bucket.create();
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private Value put(Value id, byte[] bytes) {
        try (FileUpload upload = bucket.upload(SIZE_MAX)) {
            upload.write(bytes, 0, bytes.length);
            ConditionalWriteResult result = upload.finish(Optional.of(id), NAME, Precondition.NONE);
            return result.document().orElseThrow().document().get("_id");
        }
    }

    private byte[] read(Value id, long from, long to) {
        VersionedDocument file = bucket.find(id).orElseThrow();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (FileContent content = bucket.content(file, from, to)) {
            assertEquals(to - from, content.length());
            content.send(output);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return output.toByteArray();
    }

    private static List<String> names(Document document) {
        List<String> names = new ArrayList<>();
        document.forEach(field -> names.add(field.name()));
        return names;
    }

    private long chunkCount() {
        return bucket.chunks().count(Document.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 17 * CHUNK + 5})
    void a_file_comes_back_as_it_was_given(int size) {
        byte[] bytes = bytes(new Random(size), size);
        Value id = put(Value.of("a"), bytes);
        assertArrayEquals(bytes, read(id, 0, size));
        assertEquals((size + CHUNK - 1) / CHUNK, chunkCount());
    }

    /** Whatever the pieces in which it comes, any part of it is what it was. */
    @RepeatedTest(20)
    void any_part_of_a_file_can_be_read() {
        long seed = Seeds.next();
        Random random = new Random(seed);
        byte[] bytes = bytes(random, random.nextInt(5 * CHUNK));
        Value id;
        try (FileUpload upload = bucket.upload(bytes.length)) {
            for (int at = 0; at < bytes.length; ) {
                int count = Math.min(bytes.length - at, random.nextInt(2 * CHUNK));
                upload.write(bytes, at, count);
                at += count;
            }
            ConditionalWriteResult result =
                    upload.finish(Optional.empty(), NAME, Precondition.ABSENT);
            id = result.document().orElseThrow().document().get("_id");
        }
        for (int i = 0; i < 10; i++) {
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);
            assertArrayEquals(
                    Arrays.copyOfRange(bytes, from, to), read(id, from, to), () -> "seed " + seed);
        }
    }

    @Test
    void documents_are_those_of_the_specification() {
        put(Value.of(7), new byte[CHUNK + 1]);
        Document file = bucket.find(Value.of(7)).orElseThrow().document();
        assertEquals(List.of("_id", "length", "chunkSize", "uploadDate", "filename"), names(file));
        assertEquals(Value.of(CHUNK + 1L), file.get("length"));
        assertEquals(Value.of(CHUNK), file.get("chunkSize"));
        Document chunk = bucket.chunks().findOne(Document.of("n", Value.of(1))).orElseThrow();
        assertEquals(Value.of(7), chunk.get("files_id"));
        assertEquals(List.of("_id", "files_id", "n", "data"), names(chunk));
        assertTrue(
                bucket.chunks().indexes().stream()
                        .anyMatch(index -> index.get("unique").equals(Value.of(true))));
    }

    @Test
    void an_upload_that_is_not_finished_leaves_nothing() {
        try (FileUpload upload = bucket.upload(SIZE_MAX)) {
            upload.write(new byte[40 * CHUNK], 0, 40 * CHUNK);
            assertTrue(chunkCount() > 0);
        }
        assertEquals(0, chunkCount());
        assertEquals(0, bucket.files().count(Document.EMPTY));
    }

    @Test
    void a_file_has_as_many_bytes_as_allowed_and_not_one_more() {
        try (FileUpload upload = bucket.upload(20L * CHUNK)) {
            upload.write(new byte[20 * CHUNK], 0, 20 * CHUNK);
            SmilodonException failure =
                    assertThrows(SmilodonException.class, () -> upload.write(1));
            assertEquals(ErrorCode.OBJECT_TOO_LARGE, failure.code());
        }
        assertEquals(0, chunkCount());
    }

    @Test
    void what_the_collections_refuse_leaves_nothing() {
        Document validator = Document.of("validator", Document.of("filename", Value.of("b")));
        smilodon.database("media").modifyCollection("fs.files", validator);
        assertThrows(SmilodonException.class, () -> put(Value.of(1), new byte[10]));
        assertEquals(0, chunkCount());
    }

    @Test
    void a_file_takes_the_place_of_another() {
        put(Value.of(1), new byte[3 * CHUNK]);
        VersionedDocument old = bucket.find(Value.of(1)).orElseThrow();
        byte[] bytes = bytes(new Random(1), CHUNK + 5);
        try (FileUpload upload = bucket.upload(SIZE_MAX)) {
            upload.write(bytes, 0, bytes.length);
            ConditionalWriteResult result =
                    upload.finish(
                            Optional.of(Value.of(1)), NAME, Precondition.version(old.version()));
            assertEquals(Outcome.REPLACED, result.outcome());
        }
        assertArrayEquals(bytes, read(Value.of(1), 0, bytes.length));
        assertEquals(2, chunkCount());
        SmilodonException failure =
                assertThrows(SmilodonException.class, () -> bucket.content(old, 0, 1));
        assertEquals(ErrorCode.WRITE_CONFLICT, failure.code());
    }

    @Test
    void a_file_that_is_not_as_expected_stays_as_it_is() {
        byte[] bytes = bytes(new Random(2), CHUNK + 5);
        put(Value.of(1), bytes);
        try (FileUpload upload = bucket.upload(SIZE_MAX)) {
            upload.write(new byte[5 * CHUNK], 0, 5 * CHUNK);
            ConditionalWriteResult result =
                    upload.finish(Optional.of(Value.of(1)), NAME, Precondition.ABSENT);
            assertEquals(Outcome.PRECONDITION_FAILED, result.outcome());
        }
        assertArrayEquals(bytes, read(Value.of(1), 0, bytes.length));
        assertEquals(2, chunkCount());
    }

    @Test
    void a_deleted_file_takes_its_bytes_along_and_no_others() {
        put(Value.of(1), new byte[2 * CHUNK]);
        put(Value.of(2), new byte[2 * CHUNK]);
        bucket.delete(Value.of(1), Precondition.NONE);
        assertEquals(2, chunkCount());
        assertEquals(Outcome.NOT_FOUND, bucket.delete(Value.of(1), Precondition.NONE).outcome());
    }

    @Test
    void a_missing_chunk_is_an_error() {
        put(Value.of(1), new byte[3 * CHUNK]);
        bucket.chunks().deleteOne(Document.of("n", Value.of(1)));
        SmilodonException failure =
                assertThrows(SmilodonException.class, () -> read(Value.of(1), 0, 3 * CHUNK));
        assertEquals(ErrorCode.OPERATION_FAILED, failure.code());
        assertEquals(CHUNK, read(Value.of(1), 0, CHUNK).length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_id\": 1}",
                "{\"_id\": 1, \"length\": \"many\", \"chunkSize\": 10}",
                "{\"_id\": 1, \"length\": 10, \"chunkSize\": 0}",
                "{\"_id\": 1, \"length\": 10, \"chunkSize\": -1}",
                "{\"_id\": 1, \"length\": -10, \"chunkSize\": 10}"
            })
    void documents_that_are_none_of_files_are_told_apart(String json) {
        bucket.files().insertOne(ExtendedJson.readDocument(json));
        SmilodonException failure =
                assertThrows(SmilodonException.class, () -> read(Value.of(1), 0, 1));
        assertEquals(ErrorCode.OPERATION_FAILED, failure.code());
    }

    /** Else who may write one chunk keeps all others from the bucket. */
    @Test
    void chunks_of_any_number_are_deleted_soon() {
        put(Value.of(1), new byte[6 * CHUNK]);
        for (String number :
                List.of("1125899906842624", "1125899906842620", "-5", "2.5", "1e300")) {
            String chunk = "{\"files_id\": 1, \"n\": %s, \"data\": 0}".formatted(number);
            bucket.chunks().insertOne(ExtendedJson.readDocument(chunk));
        }
        put(Value.of(2), new byte[2 * CHUNK]);
        Outcome outcome =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(20),
                        () -> bucket.delete(Value.of(1), Precondition.NONE).outcome());
        assertEquals(Outcome.DELETED, outcome);
        assertEquals(2, chunkCount());
    }
}
