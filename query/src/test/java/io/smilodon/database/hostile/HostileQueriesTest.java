package io.smilodon.database.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.Json;
import io.smilodon.database.Smilodon;
import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationLimits;
import io.smilodon.query.value.Growth;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests made to exhaust the stack, the memory or the time: each ends within twice its limit,
 * with a right answer or a documented error.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HostileQueriesTest {

    /**
     * The time that a request gets, of the processor and, where that shall end it, of the clock.
     */
    private static final long LIMIT_MILLIS = 100;

    /**
     * What is ended not by the clock but by the memory that it may hold may take so many times what
     * {@link PlainFill} takes to fill it: about 3.2 were measured, 5 by loops not yet compiled.
     */
    private static final long FILLS_MAX = 5;

    /** By the clock, for what something else shall end, on a machine that does a lot besides. */
    private static final long LONG_MILLIS = 120_000;

    /** By what expressions make; stages may hold more where the heap is small. */
    private static final int GROWN_TOO_LARGE = 146;

    private static final Set<Integer> MEMORY_EXCEEDED = Set.of(GROWN_TOO_LARGE, 292);

    private static final Set<String> ADMINISTRATIVE = Set.of("bulkWrite", "listDatabases");
    private static final Set<String> READS =
            Set.of("aggregate", "count", "distinct", "explain", "find");

    /** They have no time of their own, or no name to stand before it. */
    private static final Set<String> UNTIMED = Set.of("getMore", "");

    private static final int TIME_EXPIRED = 50;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Not in memory, where files and log would count as memory of the requests. */
    @TempDir private static Path directory;

    private static Smilodon smilodon;

    @BeforeAll
    static void open() {
        StorageOptions storage = StorageOptions.DEFAULTS.withSyncMode(SyncMode.NONE);
        smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS.withStorage(storage));
        smilodon.operations().slow().setThresholdMillis(Long.MAX_VALUE);
        restore();
        insert("{'insert': 'many', 'documents': [<list {'_id': #i, 'k': 0, 'n': #i}>]}", 1_000);
        run(
                Json.doc(
                        "{'update': 'many', 'updates': [{'q': {}, 'multi': true, 'u': [{'$set':"
                                + " {'k': {'$mod': ['$n', 10]}}}]}]}"));
        run(
                Json.doc(
                        "{'createIndexes': 'many', 'indexes': [{'key': {'n': 1}, 'name': 'n'},"
                                + " {'key': {'k': 1, 'n': 1}, 'name': 'kn'}]}"));
        run(
                Json.doc(
                        "{'createIndexes': 'indexed', 'indexes': [{'key': {'x': 1},"
                                + " 'name': 'x'}]}"));
        run(
                Json.doc(
                        "{'createIndexes': 'places', 'indexes': [{'key': {'g': '2dsphere'},"
                                + " 'name': 'g'}, {'key': {'at.g': '2dsphere'}, 'name': 'at'}]}"));
        run(
                Json.doc(
                        HostileTemplate.expand(
                                "{'createIndexes': 'wild', 'indexes': [{'key': {'$**': 1},"
                                        + " 'name': 'w', 'wildcardProjection': {<list 'f#i': 0,"
                                        + " 'w.f#i': 0>}}]}",
                                5_000)));
        run(
                Json.doc(
                        "{'createIndexes': 'words', 'indexes': [{'key': {'t': 'text'},"
                                + " 'name': 't'}]}"));
    }

    /** Makes good what a request has written. */
    private static void restore() {
        run(Json.doc("{'drop': 'things'}"));
        run(Json.doc("{'drop': 'made'}"));
        for (String name : List.of("indexed", "places", "wild", "words")) {
            run(Json.doc("{'delete': '" + name + "', 'deletes': [{'q': {}, 'limit': 0}]}"));
        }
        insert(
                "{'insert': 'things', 'documents': [{'_id': 1, 'k': 1, 'a': [<list #i>], 'big':"
                        + " [<list #i>], 'docs': [<list {'x': #i, 'e': []}>], 'texts': ['<repeat"
                        + " aaa>']}]}",
                1_000);
        insert(
                "{'insert': 'things', 'documents': [{'_id': 2, 'k': 2, 'a': 1, 's': '<repeat"
                        + " a>'}]}",
                20_000);
        insert(
                "{'insert': 'things', 'documents': [{'_id': 3, 'k': 3, 'nest': <nest [{'a':"
                        + " [|{'a': 1}, {'a': 2}|]}, 7]>}]}",
                20);
    }

    private static void insert(String template, int size) {
        run(Json.doc(HostileTemplate.expand(template, size)));
    }

    @AfterAll
    static void close() {
        smilodon.close();
    }

    private static String nameOf(Document command) {
        return command.isEmpty() ? "" : command.iterator().next().name();
    }

    private static Document run(Document command) {
        String database = ADMINISTRATIVE.contains(nameOf(command)) ? "admin" : "hostile";
        return Commands.run(CommandContext.of(smilodon, database), command);
    }

    @Test
    void every_request_ends_soon_with_a_documented_answer() {
        List<String> failures = new ArrayList<>();
        List<HostileCase> cases = HostileCases.all();
        for (HostileCase hostile : cases) {
            try {
                check(hostile, failures);
            } catch (RuntimeException | Error unexpected) {
                failures.add(hostile + ": " + unexpected);
            }
        }
        boolean isChoice = System.getProperty("smilodon.hostile.only") != null;
        assertTrue(isChoice || cases.size() >= 300, "only " + cases.size());
        if (!failures.isEmpty()) {
            fail(failures.size() + " of " + cases.size() + ":\n" + String.join("\n", failures));
        }
    }

    private static void check(HostileCase hostile, List<String> failures) {
        for (int attempt = 1; ; attempt++) {
            long limit = attempt * LIMIT_MILLIS;
            Ending ending = end(hostile, limit);
            if (!hostile.allows(ending.code)) {
                failures.add(hostile + ": " + ending.code + " instead of " + hostile.codes());
                return;
            }
            if (ending.millis <= 2 * LIMIT_MILLIS
                    || ending.millis <= most(hostile, ending, limit)) {
                return;
            }
            if (attempt == 4) { // until then it may not have been compiled, or the machine be slow
                failures.add(hostile + ": took " + ending.millis + " ms");
                return;
            }
        }
    }

    /** How long it may take, once it has been given more than the usual time. */
    private static long most(HostileCase hostile, Ending ending, long limit) {
        boolean isEndedByMemory =
                !hostile.allows(TIME_EXPIRED) && MEMORY_EXCEEDED.stream().anyMatch(hostile::allows);
        return isEndedByMemory ? FILLS_MAX * PlainFill.millis(ending.filled()) : 2 * limit;
    }

    /**
     * How a request ended.
     *
     * @param millis the processor's time, as others may hold it up
     */
    private record Ending(int code, long millis) {

        /** How much memory was full, if that ended it. */
        long filled() {
            return code == GROWN_TOO_LARGE
                    ? Growth.BYTES_MAX
                    : OperationLimits.DEFAULTS.memoryBytesMax();
        }
    }

    private static Ending end(HostileCase hostile, long limitMillis) {
        Document command;
        try {
            command = hostile.command().get();
        } catch (SmilodonException refused) {
            return new Ending(refused.code().number(), 0);
        }
        String name = nameOf(command);
        if (!command.has("maxTimeMS") && !UNTIMED.contains(name)) {
            long limit = hostile.allows(TIME_EXPIRED) ? limitMillis : LONG_MILLIS;
            command = command.with("maxTimeMS", Value.of(limit));
        }
        long start = THREADS.getCurrentThreadCpuTime();
        Document answer = run(command);
        long nanos = THREADS.getCurrentThreadCpuTime() - start;
        if (!READS.contains(name) || hasMade()) {
            restore();
        }
        return new Ending(code(answer), TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    /** Whether a pipeline has written. */
    private static boolean hasMade() {
        return smilodon.database("hostile").collection("made").exists();
    }

    private static int code(Document answer) {
        if (answer.get("writeErrors") instanceof ArrayValue errors) {
            return number(((Document) errors.get(0)).get("code"));
        }
        if (answer.has("nErrors") && number(answer.get("nErrors")) > 0) {
            ArrayValue outcomes = (ArrayValue) ((Document) answer.get("cursor")).get("firstBatch");
            return number(((Document) outcomes.get(0)).get("code"));
        }
        return answer.has("code") ? number(answer.get("code")) : 0;
    }

    private static int number(Value code) {
        return (int) ((NumberValue) code).toLong();
    }
}
