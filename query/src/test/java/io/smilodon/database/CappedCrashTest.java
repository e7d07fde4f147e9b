package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One large document pushes more small ones out of a capped collection than one transaction
 * removes; the power fails at every operation meanwhile.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CappedCrashTest {

    private static final int COUNT = 1_500;
    private static final int LARGE = 1_000_000;

    private static FaultyDirectory full;

    @BeforeAll
    static void fill() {
        full = new FaultyDirectory();
        try (Smilodon smilodon = Smilodon.open(full, DatabaseOptions.DEFAULTS)) {
            smilodon.database("d").createCollection("log", doc("{'capped': true, 'size': 102400}"));
            List<Document> documents = new ArrayList<>();
            for (int id = 0; id < COUNT; id++) {
                documents.add(Document.of("_id", Value.of(id)));
            }
            log(smilodon).insertMany(documents, true);
            log(smilodon).createIndex(doc("{'key': {'n': 1}}"));
            assertEquals(COUNT, ids(smilodon).size());
        }
    }

    private static DocumentCollection log(Smilodon smilodon) {
        return smilodon.database("d").collection("log");
    }

    private static List<Integer> ids(Smilodon smilodon) {
        List<Integer> ids = new ArrayList<>();
        try (DocumentCursor cursor = log(smilodon).find(Document.EMPTY)) {
            cursor.forEachRemaining(found -> ids.add(((Int32Value) found.get("_id")).value()));
        }
        return ids;
    }

    @ParameterizedTest
    @EnumSource(
            value = CrashPolicy.class,
            names = {"DROP_ALL", "POSIX_RANDOM"})
    void whatever_is_left_is_the_newest_and_in_order(CrashPolicy policy) {
        boolean isCrashed = true;
        boolean isPartlyEvicted = false;
        long operations = operationsOfOpening() + policy.ordinal() % 3;
        while (isCrashed) {
            FaultyDirectory directory = full.afterCrash(CrashPolicy.KEEP_ALL, 0, operations);
            boolean isAcknowledged = insertLarge(directory);
            isCrashed = directory.operations() > operations;
            try (Smilodon left =
                    Smilodon.open(
                            directory.afterCrash(policy, operations), DatabaseOptions.DEFAULTS)) {
                List<Integer> ids = ids(left);
                assertEquals(newest(ids), ids, "after " + operations);
                assertTrue(!isAcknowledged || ids.contains(LARGE), "after " + operations);
                assertEquals(List.of(), log(left).verify(), "after " + operations);
                isPartlyEvicted |= ids.size() < COUNT && !ids.contains(LARGE);
            }
            operations += 3;
        }
        assertTrue(isPartlyEvicted, "there was a crash in the middle");
    }

    private static long operationsOfOpening() {
        FaultyDirectory directory = full.afterCrash(CrashPolicy.KEEP_ALL, 0);
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            assertEquals(List.of(), log(smilodon).verify());
            return directory.operations();
        }
    }

    private static boolean insertLarge(FaultyDirectory directory) {
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            Value text = Value.of("x".repeat(101_000));
            log(smilodon).insertOne(Document.of("_id", Value.of(LARGE)).with("s", text));
            return true;
        } catch (SmilodonException stopped) {
            return false;
        }
    }

    /** As many of those that were inserted last, in their order. */
    private static List<Integer> newest(List<Integer> ids) {
        boolean hasLarge = ids.contains(LARGE);
        int small = ids.size() - (hasLarge ? 1 : 0);
        List<Integer> newest =
                new ArrayList<>(IntStream.range(COUNT - small, COUNT).boxed().toList());
        if (hasLarge) {
            newest.add(LARGE);
        }
        return newest;
    }
}
