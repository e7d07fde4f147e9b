package io.smilodon.database;

import static io.smilodon.database.Json.doc;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.CrashPolicy;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client does as MongoDB's drivers do, over a power loss at every operation: it sends a commit
 * again until it is answered, and runs the whole transaction again if that was not committed.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommitRetryCrashTest {

    private static final String OF_SESSION =
            "'lsid': {'id': {'$binary': {'base64': 'AAAAAAAAAAAAAAAAAAAAAQ==', 'subType': '04'}}},"
                    + " 'txnNumber': %d, 'autocommit': false}";
    private static final String INCREMENT =
            "{'update': 'c', 'updates': [{'q': {'_id': 1}, 'u': {'$inc': {'n': 1}}, 'upsert':"
                    + " true}], 'startTransaction': true, "
                    + OF_SESSION;
    private static final String COMMIT = "{'commitTransaction': 1, " + OF_SESSION;

    @ParameterizedTest
    @EnumSource(
            value = CrashPolicy.class,
            names = {"DROP_ALL", "KEEP_ALL", "POSIX_RANDOM"})
    void a_transaction_takes_effect_once_however_often_its_commit_is_sent(CrashPolicy policy) {
        boolean isCrashed = true;
        long operations = 0;
        while (isCrashed) {
            FaultyDirectory directory = FaultyDirectory.crashingAfter(operations);
            boolean isSent = begin(directory);
            isCrashed = directory.operations() > operations;
            FaultyDirectory left = directory.afterCrash(policy, operations);
            end(left, isSent);
            assertEquals(doc("{'_id': 1, 'n': 1}"), found(left), "after " + operations);
            operations++;
        }
        assertTrue(operations > 15, "there were many operations");
    }

    /** Returns whether the commit was sent. */
    private static boolean begin(FaultyDirectory directory) {
        boolean isSent = false;
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            if (isOk(run(smilodon, "d", INCREMENT, 1))) {
                isSent = true;
                run(smilodon, "admin", COMMIT, 1);
            }
        } catch (SmilodonException stopped) {
            return isSent;
        }
        return isSent;
    }

    private static void end(FaultyDirectory directory, boolean isSent) {
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            if (!isSent || !isOk(run(smilodon, "admin", COMMIT, 1))) {
                assertTrue(isOk(run(smilodon, "d", INCREMENT, 2)));
                assertTrue(isOk(run(smilodon, "admin", COMMIT, 2)));
            }
        }
    }

    private static Document found(FaultyDirectory directory) {
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            return smilodon.database("d").collection("c").findOne(Document.EMPTY).orElseThrow();
        }
    }

    private static Document run(Smilodon smilodon, String database, String command, int number) {
        return Commands.run(CommandContext.of(smilodon, database), doc(command.formatted(number)));
    }

    private static boolean isOk(Document answer) {
        return answer.get("ok").equals(Value.of(1.0));
    }

    @Test
    void a_transaction_of_an_earlier_run_is_not_begun_again() {
        FaultyDirectory directory = new FaultyDirectory();
        assertTrue(begin(directory));
        try (Smilodon smilodon = Smilodon.open(directory, DatabaseOptions.DEFAULTS)) {
            Document answer = run(smilodon, "d", INCREMENT, 1);
            assertEquals("'ConflictingOperationInProgress'", Json.text(answer.get("codeName")));
        }
    }

    @Test
    void a_transaction_that_wrote_nothing_leaves_nothing_behind() {
        String find =
                INCREMENT.replaceFirst("'updates': .*'startTransaction'", "'startTransaction'");
        String count = find.replace("'update'", "'count'");
        try (Smilodon smilodon = Smilodon.inMemory()) {
            long before = smilodon.statistics().store().commits();
            assertTrue(isOk(run(smilodon, "d", count, 1)));
            assertTrue(isOk(run(smilodon, "admin", COMMIT, 1)));
            assertEquals(before, smilodon.statistics().store().commits());
        }
    }
}
