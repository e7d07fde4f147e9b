package io.smilodon.database.files;

import static io.smilodon.database.files.NumberedFile.ID;
import static io.smilodon.database.files.NumberedFile.OF_ID;
import static io.smilodon.database.files.NumberedFile.bucket;
import static io.smilodon.database.files.NumberedFile.chunkCount;
import static io.smilodon.database.files.NumberedFile.chunksOf;
import static io.smilodon.database.files.NumberedFile.put;
import static io.smilodon.database.files.NumberedFile.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.ConditionalWriteResult;
import io.smilodon.database.ConditionalWriteResult.Outcome;
import io.smilodon.database.DocumentTransaction;
import io.smilodon.database.Smilodon;
import io.smilodon.database.TransactionSettings;
import io.smilodon.database.stream.ChangeStream;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that takes the place of another is there at once, and the other until then. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FileReplacementTest {

    private static final int WRITERS = 3;

    /** The same, however often it is replaced meanwhile. */
    private static int readAgain(FileBucket bucket) {
        while (true) {
            try {
                return read(bucket);
            } catch (SmilodonException failure) {
                assertEquals(ErrorCode.WRITE_CONFLICT, failure.code());
            }
        }
    }

    private static Void write(FileBucket bucket, int first, AtomicInteger working) {
        try {
            IntStream.range(first, first + 20).forEach(number -> put(bucket, number));
            return null;
        } finally {
            working.decrementAndGet();
        }
    }

    private static Void readWhile(FileBucket bucket, AtomicInteger working) {
        do {
            readAgain(bucket);
        } while (working.get() > 0);
        return null;
    }

    @Test
    void readers_beside_writers_always_find_a_whole_file() throws Exception {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            FileBucket bucket = bucket(smilodon);
            bucket.create();
            put(bucket, 1);
            AtomicInteger working = new AtomicInteger(WRITERS);
            List<Callable<Void>> all = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                int first = 1 + writer;
                all.add(() -> write(bucket, first, working));
                all.add(() -> readWhile(bucket, working));
            }
            try (ExecutorService threads = Executors.newFixedThreadPool(all.size())) {
                for (Future<Void> each : threads.invokeAll(all)) {
                    each.get();
                }
            }
            assertEquals(chunksOf(read(bucket)), bucket.chunks().count(OF_ID));
            assertEquals(bucket.chunks().count(OF_ID), bucket.chunks().count(Document.EMPTY));
        }
    }

    /** Also if it is written in the same millisecond and differs in its bytes only. */
    @Test
    void the_version_that_is_told_is_that_of_the_file_and_a_new_one() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            FileBucket bucket = bucket(smilodon);
            bucket.create();
            assertEquals(Outcome.CREATED, put(bucket, 1).outcome());
            for (int i = 0; i < 500; i++) {
                long old = bucket.find(ID).orElseThrow().version();
                ConditionalWriteResult result = put(bucket, new byte[] {(byte) i}, 1);
                assertEquals(Outcome.REPLACED, result.outcome());
                assertEquals(bucket.find(ID), result.document());
                assertTrue(result.document().orElseThrow().version() > old);
            }
        }
    }

    @Test
    void who_watches_sees_a_replacement() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            FileBucket bucket = bucket(smilodon);
            bucket.create();
            put(bucket, 1);
            try (ChangeStream stream = bucket.files().watch()) {
                put(bucket, 2);
                Document event = stream.next(Duration.ofSeconds(60)).orElseThrow();
                assertEquals(Value.of("replace"), event.get("operationType"));
                assertEquals(bucket.find(ID).orElseThrow().document(), event.get("fullDocument"));
            }
        }
    }

    // ---- Refusals and limits

    @Test
    void a_file_that_is_refused_leaves_the_old_one() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            FileBucket bucket = bucket(smilodon);
            bucket.create();
            put(bucket, 3);
            requireName(smilodon, Document.of("filename", Value.of("f3")));
            assertThrows(SmilodonException.class, () -> put(bucket, 4));
            assertEquals(3, read(bucket));
            assertEquals(2, bucket.chunks().count(Document.EMPTY));
        }
    }

    @Test
    void a_transaction_that_goes_on_takes_a_file_along() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            bucket(smilodon).create();
            put(bucket(smilodon), 3);
            for (int number : new int[] {4, 5}) {
                try (DocumentTransaction own = smilodon.begin(TransactionSettings.DEFAULTS)) {
                    FileBucket inside = new FileBucket(own.database("media"), "fs");
                    assertEquals(Outcome.REPLACED, put(inside, number).outcome());
                    assertEquals(3, read(bucket(smilodon)));
                    if (number == 5) {
                        own.commit();
                    }
                }
                assertEquals(number == 5 ? 5 : 3, read(bucket(smilodon)));
            }
            assertEquals(3, bucket(smilodon).chunks().count(Document.EMPTY));
        }
    }

    private static void requireName(Smilodon smilodon, Document validator) {
        smilodon.database("media")
                .modifyCollection("fs.files", Document.of("validator", validator));
    }

    /** One that is refused tells them apart: in steps the old file is gone by then. */
    @ParameterizedTest
    @CsvSource({"33554432, 1024, true", "33554433, 1024, false", "33554432, 1025, false"})
    void a_replacement_is_in_one_transaction_up_to_its_limits(
            int length, int oldCount, boolean isAtOnce) {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            FileBucket bucket = bucket(smilodon);
            bucket.create();
            put(bucket, new byte[0], 0);
            Document data = Document.of("data", new BinaryValue((byte) 0, new byte[1]));
            bucket.chunks()
                    .insertMany(
                            IntStream.range(0, oldCount)
                                    .mapToObj(n -> Document.of("n", Value.of(n)))
                                    .map(n -> join(OF_ID, join(n, data)))
                                    .toList(),
                            true);
            requireName(smilodon, Document.of("filename", Value.of("f0")));
            assertThrows(SmilodonException.class, () -> put(bucket, new byte[length], 1));
            assertEquals(isAtOnce, bucket.find(ID).isPresent());
            assertEquals(isAtOnce ? oldCount : 0, bucket.chunks().count(Document.EMPTY));
            put(bucket, new byte[length], 0);
            assertEquals(length, FileBucket.length(bucket.find(ID).orElseThrow().document()));
            assertEquals(chunkCount(length), bucket.chunks().count(Document.EMPTY));
        }
    }

    private static Document join(Document first, Document second) {
        return Document.builder().putAll(first).putAll(second).build();
    }
}
