package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** What the writes of one command come to is what they come to one after the other. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BulkAgreementTest {

    private static final int OPERATIONS = 40;

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final boolean isOrdered = random.nextInt(3) == 0;
    private List<Value> operations = new RandomBulks(random, false).next(OPERATIONS);
    private Document bulk = numbered(RandomBulks.command(operations, isOrdered));

    private String label() {
        return "seed " + seed;
    }

    private static Document numbered(Document command) {
        Value id = new BinaryValue((byte) 4, new byte[16]);
        return command.with("lsid", Document.of("id", id)).with("txnNumber", Value.of(1L));
    }

    private static Document run(Smilodon smilodon, Document command) {
        return Commands.run(CommandContext.of(smilodon, "admin"), command);
    }

    /** A line for each operation that was carried out. */
    private static List<String> results(Document answer, int first) {
        assertEquals(Value.of(1.0), answer.get("ok"), () -> Json.text(answer));
        List<String> results = new ArrayList<>();
        for (Value entry : (ArrayValue) ((Document) answer.get("cursor")).get("firstBatch")) {
            int index = (int) Long.parseLong(Json.text(((Document) entry).get("idx")));
            String text = Json.text(((Document) entry).with("idx", Value.of(first + index)));
            results.add(text);
        }
        return results;
    }

    private static String state(Smilodon smilodon) {
        StringBuilder state = new StringBuilder();
        for (CollectionListing listing : smilodon.database("d").listings()) {
            DocumentCollection collection = smilodon.database("d").collection(listing.name());
            state.append(listing.name())
                    .append(Json.text(collection.find(Document.EMPTY)))
                    .append('\n');
            assertEquals(List.of(), collection.verify());
        }
        return state.toString();
    }

    private static ChangeStream watch(Smilodon smilodon) {
        return smilodon.watch(
                List.of(),
                WatchOptions.DEFAULTS
                        .withExpandedEvents()
                        .withBeforeChange(WatchOptions.Image.WHEN_AVAILABLE));
    }

    /** The states and results of the operations one after the other. */
    private record Course(List<String> states, List<String> results) {}

    private Course course(Smilodon smilodon) {
        Course course = new Course(new ArrayList<>(), new ArrayList<>());
        course.states.add(state(smilodon));
        for (int i = 0; i < operations.size(); i++) {
            List<Value> one = List.of(operations.get(i));
            Document answer = run(smilodon, RandomBulks.command(one, isOrdered));
            course.results.addAll(results(answer, i));
            course.states.add(state(smilodon));
            if (isOrdered && course.results.getLast().startsWith("{'ok':0")) {
                break;
            }
        }
        return course;
    }

    @RepeatedTest(12)
    void a_bulk_does_and_tells_what_its_operations_do_one_by_one() {
        if (random.nextBoolean()) {
            operations = new RandomBulks(random, true).next(OPERATIONS);
            bulk = RandomBulks.command(operations, isOrdered);
        }
        try (Smilodon one = Smilodon.inMemory();
                Smilodon other = Smilodon.inMemory()) {
            RandomBulks.prepare(one);
            RandomBulks.prepare(other);
            try (ChangeStream expected = watch(one);
                    ChangeStream actual = watch(other)) {
                Course course = course(one);
                assertEquals(course.results, results(run(other, bulk), 0), this::label);
                assertEquals(course.states.getLast(), state(other), this::label);
                assertEquals(
                        StreamEvents.texts(StreamEvents.all(expected)),
                        StreamEvents.texts(StreamEvents.all(actual)),
                        this::label);
            }
        }
    }

    @RepeatedTest(5)
    void a_bulk_that_comes_again_does_nothing_and_tells_the_same() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            RandomBulks.prepare(smilodon);
            Document answer = run(smilodon, bulk);
            String state = state(smilodon);
            assertEquals(Json.text(answer), Json.text(run(smilodon, bulk)), this::label);
            assertEquals(state, state(smilodon), this::label);
        }
    }

    /** And what comes again goes on from there. */
    @RepeatedTest(5)
    void a_crash_leaves_the_first_so_many_operations() {
        Course course;
        try (Smilodon model = Smilodon.inMemory()) {
            RandomBulks.prepare(model);
            course = course(model);
        }
        long first = run(Long.MAX_VALUE, false).operations();
        long all = run(Long.MAX_VALUE, true).operations();
        long at = random.nextLong(first, all);
        CrashPolicy policy =
                List.of(CrashPolicy.DROP_ALL, CrashPolicy.KEEP_ALL, CrashPolicy.POSIX_RANDOM)
                        .get(random.nextInt(3));
        FaultyDirectory left = run(at, true).afterCrash(policy, seed);
        try (Smilodon smilodon = Smilodon.open(left, DatabaseOptions.DEFAULTS)) {
            String state = state(smilodon);
            assertTrue(course.states.contains(state), () -> label() + " at " + at + ": " + state);
            Document answer = run(smilodon, bulk);
            assertEquals(course.results, results(answer, 0), this::label);
            assertEquals(course.states.getLast(), state(smilodon), this::label);
        }
    }

    /** Carries out the bulk until the machine stops. */
    private FaultyDirectory run(long operationsMax, boolean isSent) {
        FaultyDirectory directory = FaultyDirectory.crashingAfter(operationsMax);
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            RandomBulks.prepare(smilodon);
            if (isSent) {
                run(smilodon, bulk);
            }
        } catch (SmilodonException stopped) {
            return directory;
        }
        return directory;
    }
}
