package io.smilodon.database.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Json;
import io.smilodon.database.RunningOperation;
import io.smilodon.database.Smilodon;
import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks for little is served while others ask for too much. */
@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BystanderTest {

    private static final int COUNT = 2_000;
    private static final int READS = 200;
    private static final int SERIES_MIN = 5;
    private static final int SERIES_MAX = 15;

    /** After how long the fewest series are enough: others may leave little of the machine. */
    private static final long SERIES_NANOS = 20_000_000_000L;

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /**
     * How much slower the slowest of a hundred reads may be beside hostile requests than beside as
     * many threads that do nothing but spin, by as many turns. The series beside these are of two
     * kinds where other programs keep the processors busy: a time slice of the system is 3 ms, and
     * many meet none. So it is three quarters of them that count.
     */
    private static final long RATIO_MAX = 3;

    /** What is as good as at once. */
    private static final long NANOS_MIN = 2_500_000;

    private static final long TURN_NANOS = 10_000_000;

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

    /**
     * All but one in a hundred reads take no longer than that; each on a thread of its own, as
     * servers do it.
     */
    private long slowNanos() {
        long[] nanos = new long[READS];
        for (int read = 0; read < READS; read++) {
            Value id = Value.of(read * 5);
            long start = System.nanoTime();
            assertTrue(onVirtualThread(() -> read(id)).orTimeout(10, TimeUnit.SECONDS).join());
            nanos[read] = System.nanoTime() - start;
            LockSupport.parkNanos(100_000);
        }
        Arrays.sort(nanos);
        return nanos[READS * 99 / 100 - 1];
    }

    /**
     * Where other programs keep the processors busy, the system prefers threads that have slept to
     * those that have worked. So what spins does it where hostile requests work, on the threads
     * that carry virtual ones.
     */
    private long slowNanosBesideBusyThreads() {
        AtomicBoolean isOver = new AtomicBoolean();
        Semaphore turns = new Semaphore(PROCESSORS - 1, true);
        List<CompletableFuture<Boolean>> busy = new ArrayList<>();
        for (int i = 0; i < 2 * PROCESSORS; i++) {
            busy.add(onVirtualThread(() -> spinByTurns(turns, isOver)));
        }
        try {
            return slowNanos();
        } finally {
            isOver.set(true);
            busy.forEach(CompletableFuture::join);
        }
    }

    private static boolean spinByTurns(Semaphore turns, AtomicBoolean isOver) {
        while (!isOver.get()) {
            turns.acquireUninterruptibly();
            long start = System.nanoTime();
            while (!isOver.get() && System.nanoTime() - start < TURN_NANOS) {
                Thread.onSpinWait();
            }
            turns.release();
        }
        return true;
    }

    private boolean read(Value id) {
        Document found =
                run(Document.of("find", Value.of("items")).with("filter", Document.of("_id", id)));
        return !((ArrayValue) ((Document) found.get("cursor")).get("firstBatch")).isEmpty();
    }

    private Document run(Document command) {
        return Commands.run(CommandContext.of(smilodon, "d"), command);
    }

    private static <T> CompletableFuture<T> onVirtualThread(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task));
    }

    private List<CompletableFuture<Document>> started(String request) {
        List<CompletableFuture<Document>> hostile = new ArrayList<>();
        for (int i = 0; i < 2 * PROCESSORS; i++) {
            hostile.add(onVirtualThread(() -> run(Json.doc(request))));
        }
        Await.until("all run", () -> smilodon.operations().running().size() >= hostile.size());
        return hostile;
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
                        + " 'as': 'x', 'let': {'i': '$_id'}, 'pipeline': [{'$match': {'$expr':"
                        + " {'$ne': ['$_id', '$$i']}}}, {'$lookup': {'from': 'items', 'as': 'y',"
                        + " 'let': {'j': '$_id'}, 'pipeline': [{'$match': {'$expr': {'$eq': ['$n',"
                        + " '$$j']}}}, {'$count': 'c'}]}}, {'$count': 'c'}]}},"
                        + " {'$sort': {'x': 1}}]}",
                "{'update': 'items', 'updates': [{'q': {'_id': 1}, 'u': [{'$set': {'n': {'$sum':"
                        + " {'$map': {'input': {'$range': [0, 999999]}, 'in': {'$size': {'$range':"
                        + " [0, 999999]}}}}}}}]}]}",
                "{'delete': 'items', 'deletes': [{'limit': 0, 'q': {'$expr': {'$lt': [{'$reduce':"
                        + " {'input': {'$range': [0, 999999]}, 'initialValue': 0, 'in': {'$size':"
                        + " {'$range': [0, 999999]}}}}, 0]}}}]}"
            })
    void reads_of_one_document_do_not_wait_for_hostile_requests(String request) {
        assumeTrue(PROCESSORS > 1);
        slowNanos(); // compiles it
        slowNanosBeside(request);
        List<Long> usual = new ArrayList<>();
        List<Long> busy = new ArrayList<>();
        long start = System.nanoTime();
        while (usual.size() < SERIES_MIN
                || usual.size() < SERIES_MAX && System.nanoTime() - start < SERIES_NANOS) {
            usual.add(slowNanosBesideBusyThreads()); // in turn, as others come and go
            busy.add(slowNanosBeside(request));
        }

        assertTrue(
                quantile(0.5, busy) < Math.max(NANOS_MIN, RATIO_MAX * quantile(0.75, usual)),
                () -> usual + " ns became " + busy);
    }

    private long slowNanosBeside(String request) {
        List<CompletableFuture<Document>> hostile = started(request);
        long nanos = slowNanos();
        assertTrue(hostile.stream().noneMatch(CompletableFuture::isDone));
        for (RunningOperation operation : smilodon.operations().running()) {
            smilodon.operations().kill(operation.id());
        }
        hostile.forEach(killed -> assertEquals(11601, code(killed.join())));
        return nanos;
    }

    private static long quantile(double part, List<Long> nanos) {
        return nanos.stream().sorted().toList().get((int) (part * nanos.size()));
    }
}
