package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A workload through the facade on a machine that stops at every I/O operation in turn. What was
 * acknowledged is there afterwards, what was under way is there wholly or not at all, and every
 * index says what the documents say.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FacadeCrashTest {

    private static final long SEED = 20_261_121;

    /** Each step is one transaction as far as documents go. */
    private static final List<Consumer<Smilodon>> STEPS =
            List.of(
                    smilodon -> films(smilodon).createIndex(Json.doc("{'key': {'a': 1}}")),
                    smilodon -> films(smilodon).insertOne(Json.doc("{'_id': 1, 'a': 1, 'u': 1}")),
                    smilodon ->
                            films(smilodon)
                                    .insertMany(
                                            Json.docs(
                                                    "{'_id': 2, 'a': [1, 2], 'u': 2}",
                                                    "{'_id': 3, 'u': 3}",
                                                    "{'_id': 4, 'a': 'x', 'u': 4}"),
                                            true),
                    smilodon ->
                            films(smilodon)
                                    .createIndex(Json.doc("{'key': {'u': 1}, 'unique': true}")),
                    smilodon ->
                            films(smilodon)
                                    .updateMany(Json.doc("{}"), Json.doc("{'$inc': {'u': 10}}")),
                    Smilodon::checkpoint,
                    smilodon -> films(smilodon).deleteOne(Json.doc("{'_id': 3}")),
                    smilodon ->
                            films(smilodon)
                                    .replaceOne(
                                            Json.doc("{'_id': 5}"),
                                            Json.doc("{'a': [], 'u': 5}"),
                                            UpdateOptions.DEFAULTS.withUpsert(true)),
                    smilodon -> films(smilodon).dropIndex(Json.value("'a_1'")),
                    smilodon ->
                            films(smilodon)
                                    .updateOne(
                                            Json.doc("{'u': 5}"), Json.doc("{'$set': {'a': 7}}")),
                    smilodon -> films(smilodon).createIndex(Json.doc("{'key': {'a': -1}}")),
                    smilodon ->
                            films(smilodon)
                                    .aggregate(Json.docs("{'$set': {'o': 1}}", "{'$out': 'films'}"))
                                    .close(),
                    smilodon -> films(smilodon).insertOne(Json.doc("{'_id': 6, 'u': 6}")),
                    smilodon -> films(smilodon).drop(),
                    smilodon -> films(smilodon).insertOne(Json.doc("{'_id': 1, 'u': 1}")));

    private static DocumentCollection films(Smilodon smilodon) {
        return smilodon.database("cinema").collection("films");
    }

    private static String contents(Smilodon smilodon) {
        return Json.text(films(smilodon).find(Document.EMPTY));
    }

    private static final List<CrashPolicy> POLICIES =
            List.of(CrashPolicy.DROP_ALL, CrashPolicy.POSIX_RANDOM);

    private static final FaultyDirectory WHOLE = new FaultyDirectory();
    private static final List<String> STATES = states(WHOLE);

    /** What the collection holds before the first step and after each. */
    private static List<String> states(FaultyDirectory directory) {
        List<String> states = new ArrayList<>();
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            states.add(contents(smilodon));
            for (Consumer<Smilodon> step : STEPS) {
                step.accept(smilodon);
                states.add(contents(smilodon));
            }
        }
        return states;
    }

    static Stream<Long> everyOperation() {
        return LongStream.range(0, WHOLE.operations()).boxed();
    }

    @ParameterizedTest
    @MethodSource("everyOperation")
    void acknowledged_writes_survive_and_indexes_agree(long operations) {
        for (CrashPolicy policy : POLICIES) {
            FaultyDirectory directory = FaultyDirectory.crashingAfter(operations);
            int acknowledged = run(directory);
            FaultyDirectory left = directory.afterCrash(policy, SEED + operations);
            try (Smilodon recovered = Smilodon.open(left, DatabaseOptions.DEFAULTS)) {
                String found = contents(recovered);
                int next = Math.min(acknowledged + 1, STEPS.size());
                assertTrue(
                        found.equals(STATES.get(acknowledged)) || found.equals(STATES.get(next)),
                        () -> policy + " after " + acknowledged + " steps: " + found);
                assertEquals(List.of(), films(recovered).verify());
                assertTrue(recovered.database("cinema").collections().size() <= 1);
                films(recovered).insertOne(Json.doc("{'_id': 99, 'u': 99}"));
                films(recovered).createIndex(Json.doc("{'key': {'z': 1}}"));
                assertEquals(List.of(), films(recovered).verify());
            }
        }
    }

    /** How many steps were acknowledged before the machine stopped. */
    private static int run(FaultyDirectory directory) {
        int acknowledged = 0;
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            for (Consumer<Smilodon> step : STEPS) {
                step.accept(smilodon);
                acknowledged++;
            }
        } catch (SmilodonException stopped) {
            return acknowledged;
        }
        return acknowledged;
    }
}
