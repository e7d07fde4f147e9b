package io.smilodon.database.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Json;
import io.smilodon.database.RunningOperation;
import io.smilodon.database.Smilodon;
import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks for little is served while others ask for too much. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BystanderTest {

    private static final int COUNT = 2_000;
    private static final int READS = 300;

    /** Far more than a processor that is shared costs, far less than waiting for the other. */
    private static final long RATIO_MAX = 50;

    /** What is as good as at once. */
    private static final long NANOS_MIN = 20_000;

    private Smilodon smilodon;
    private DocumentCollection items;

    @BeforeEach
    void fill() {
        smilodon = Smilodon.inMemory();
        items = smilodon.database("d").collection("items");
        List<Document> documents = new ArrayList<>();
        for (int id = 0; id < COUNT; id++) {
            documents.add(Document.of("_id", Value.of(id)).with("n", Value.of(id % 7)));
        }
        items.insertMany(documents, true);
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    /** Half of the reads take no longer than that. */
    private long medianNanos() {
        long[] nanos = new long[READS];
        for (int read = 0; read < READS; read++) {
            long start = System.nanoTime();
            assertTrue(items.findById(Value.of(read * 5)).isPresent());
            nanos[read] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[READS / 2];
    }

    private RunningOperation running() {
        List<RunningOperation> found = smilodon.operations().running();
        while (found.isEmpty()) {
            LockSupport.parkNanos(1_000_000);
            found = smilodon.operations().running();
        }
        return found.getFirst();
    }

    /** Of the request, or of the statement that it was at work on. */
    private static long code(Document answer) {
        Value code =
                answer.get("writeErrors") instanceof ArrayValue errors
                        ? ((Document) errors.get(0)).get("code")
                        : answer.get("code");
        return ((NumberValue) code).toLong();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'aggregate': 'items', 'cursor': {}, 'pipeline': [{'$lookup': {'from': 'items',"
                        + " 'as': 'x', 'pipeline': [{'$lookup': {'from': 'items', 'as': 'y',"
                        + " 'pipeline': [{'$count': 'c'}]}}, {'$count': 'c'}]}},"
                        + " {'$sort': {'x': 1}}]}",
                "{'update': 'items', 'updates': [{'q': {'_id': 1}, 'u': [{'$set': {'n': {'$sum':"
                        + " {'$map': {'input': {'$range': [0, 999999]}, 'in': {'$size': {'$range':"
                        + " [0, 999999]}}}}}}}]}]}",
                "{'delete': 'items', 'deletes': [{'limit': 0, 'q': {'$expr': {'$lt': [{'$reduce':"
                        + " {'input': {'$range': [0, 999999]}, 'initialValue': 0, 'in': {'$size':"
                        + " {'$range': [0, 999999]}}}}, 0]}}}]}"
            })
    void a_read_of_one_document_does_not_wait_for_a_hostile_request(String request) {
        medianNanos(); // compiles it
        long idle = medianNanos();
        CompletableFuture<Document> hostile =
                CompletableFuture.supplyAsync(
                        () -> Commands.run(CommandContext.of(smilodon, "d"), Json.doc(request)));
        int id = running().id();

        long busy = medianNanos();

        assertFalse(hostile.isDone(), () -> hostile.join().toString());
        long allowed = RATIO_MAX * Math.max(idle, NANOS_MIN);
        assertTrue(busy <= allowed, () -> idle + " ns became " + busy + " ns");
        assertTrue(smilodon.operations().kill(id));
        assertEquals(11601, code(hostile.join()));
    }
}
