package io.smilodon.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A collection and the document about it go together, wherever the machine stops. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DroppingCrashTest {

    private static final Value ID = Value.of("items");
    private static final Document ABOUT = Document.of("_id", ID);

    private static Database shop(Smilodon smilodon) {
        return smilodon.database("shop");
    }

    private static void fill(Smilodon smilodon) {
        shop(smilodon).collection("items").insertOne(Document.of("_id", Value.of(1)));
        shop(smilodon).collection("about").insertOne(ABOUT);
    }

    private static boolean drop(Smilodon smilodon) {
        return shop(smilodon).dropCollection("items", "about", ID);
    }

    /** What was acknowledged before the machine stopped. */
    private enum Done {
        NOTHING,
        FILLED,
        DROPPED
    }

    private static Done run(FaultyDirectory directory) {
        Done done = Done.NOTHING;
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            fill(smilodon);
            done = Done.FILLED;
            drop(smilodon);
            done = Done.DROPPED;
        } catch (SmilodonException stopped) {
            return done;
        }
        return done;
    }

    @ParameterizedTest
    @EnumSource(
            value = CrashPolicy.class,
            names = {"DROP_ALL", "KEEP_ALL", "POSIX_RANDOM"})
    void a_crash_leaves_both_or_none(CrashPolicy policy) {
        int lostCount = 0;
        boolean isCrashed = true;
        for (long operations = 0; isCrashed; operations++) {
            FaultyDirectory directory = FaultyDirectory.crashingAfter(operations);
            Done done = run(directory);
            isCrashed = directory.operations() > operations;
            try (Smilodon left =
                    Smilodon.open(
                            directory.afterCrash(policy, operations), DatabaseOptions.DEFAULTS)) {
                boolean isThere = shop(left).collection("items").exists();
                boolean isTold = shop(left).collection("about").findById(ID).isPresent();
                if (done != Done.NOTHING) {
                    assertEquals(isThere, isTold, "one went alone after " + operations);
                    assertFalse(done == Done.DROPPED && isThere, "back after " + operations);
                    lostCount += done == Done.FILLED && !isThere ? 1 : 0;
                }
            }
        }
        boolean maySurvive = policy != CrashPolicy.DROP_ALL;
        assertTrue(lostCount > 0 || !maySurvive, "none stopped around the commit");
    }

    @Test
    void what_is_not_there_need_not_be_dropped() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            assertFalse(drop(smilodon));
            shop(smilodon).createCollection("items");
            assertTrue(drop(smilodon));
            fill(smilodon);
            assertTrue(shop(smilodon).dropCollection("items", "about", Value.of("others")));
            assertTrue(shop(smilodon).collection("about").findById(ID).isPresent());
            assertFalse(drop(smilodon));
            assertEquals(0, shop(smilodon).collection("about").count(Document.EMPTY));
        }
    }

    @Test
    void who_watches_is_told_of_both() {
        try (Smilodon smilodon = Smilodon.inMemory()) {
            fill(smilodon);
            try (ChangeStream stream = shop(smilodon).watch(List.of(), WatchOptions.DEFAULTS)) {
                assertTrue(drop(smilodon));
                List<Value> told = new ArrayList<>();
                for (int event = 0; event < 2; event++) {
                    told.add(
                            stream.next(Duration.ofSeconds(60)).orElseThrow().get("operationType"));
                }
                assertEquals(List.of(Value.of("delete"), Value.of("drop")), told);
            }
        }
    }
}
