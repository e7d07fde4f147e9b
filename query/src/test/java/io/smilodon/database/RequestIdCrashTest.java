package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.action.Actions;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Document;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request with an id is sent until it is answered, over a power loss at every operation. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RequestIdCrashTest {

    private static final Document REQUEST =
            doc(
                    "{'filter': {'_id': 1}, 'update': {'$inc': {'n': 1}}, 'upsert': true,"
                            + " 'requestId': 'r'}");

    @ParameterizedTest
    @EnumSource(
            value = CrashPolicy.class,
            names = {"DROP_ALL", "KEEP_ALL", "POSIX_RANDOM"})
    void what_is_sent_again_after_a_crash_happens_once(CrashPolicy policy) {
        boolean isCrashed = true;
        long operations = 0;
        while (isCrashed) {
            FaultyDirectory directory = FaultyDirectory.crashingAfter(operations);
            Optional<Document> answer = send(directory);
            isCrashed = directory.operations() > operations;
            FaultyDirectory left = directory.afterCrash(policy, operations);
            Document again = send(left).orElseThrow();
            assertEquals(again, send(left).orElseThrow(), "after " + operations);
            assertEquals(answer.orElse(again), again, "after " + operations);
            assertEquals(doc("{'_id': 1, 'n': 1}"), found(left), "after " + operations);
            operations++;
        }
        assertTrue(operations > 15, "there were many operations");
    }

    private static Optional<Document> send(FaultyDirectory directory) {
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            return Optional.of(Actions.run(collection(smilodon), "updateOne", REQUEST));
        } catch (SmilodonException stopped) {
            return Optional.empty();
        }
    }

    private static Document found(FaultyDirectory directory) {
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            return collection(smilodon).findOne(Document.EMPTY).orElseThrow();
        }
    }

    private static DocumentCollection collection(Smilodon smilodon) {
        return smilodon.database("d").collection("c");
    }
}
