package io.smilodon.database.command;

import static io.smilodon.database.command.LimitedNotes.ALL;
import static io.smilodon.database.command.LimitedNotes.privilege;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.Document;
import io.smilodon.security.Action;
import io.smilodon.security.Need;
import io.smilodon.security.Resource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Rules that become others while somebody reads and writes by them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangingRulesTest {

    /** What a role has, one after the other; never a note of bob's. */
    private static final List<String> PRIVILEGES =
            List.of(
                    privilege(ALL, "'readFilter': {'owner': 'ann'}"),
                    privilege(ALL, "'readFilter': {'owner': 'eve'}"),
                    privilege("'find'", "'readFilter': {'owner': 'ann'}")
                            + ", "
                            + privilege("'update', 'remove'", ""),
                    "",
                    privilege("'find'", "'readFilter': {}, 'projectResponse': {'sum': 1}"));

    private static final List<String> COMMANDS =
            List.of(
                    "{'find': 'notes', 'batchSize': 1}",
                    "{'aggregate': 'other', 'cursor': {'batchSize': 1}, 'pipeline': [{'$lookup':"
                            + " {'from': 'notes', 'pipeline': [], 'as': 'x'}}]}",
                    "{'distinct': 'notes', 'key': 'owner'}",
                    "{'update': 'notes', 'updates': [{'q': {'owner': {'$exists': true}}, 'u':"
                            + " {'$inc': {'changed': 1}}, 'multi': true}]}",
                    "{'findAndModify': 'notes', 'query': {'owner': {'$gt': 'b'}}, 'update': {'$inc':"
                            + " {'changed': 1}}}");

    private final LimitedNotes notes = new LimitedNotes();
    private final CommandServer server = notes.server();

    @AfterEach
    void close() {
        notes.close();
    }

    /** Who may write all and see some writes these, also if the right to see is lost meanwhile. */
    @Test
    void nobody_sees_more_in_between() throws InterruptedException {
        server.ok("{'insert': 'notes', 'documents': [{'_id': 7, 'owner': 'eve', 'sum': 1}]}");
        String before = notes.stored(2) + notes.stored(4);
        LoggedIn ann = notes.user(PRIVILEGES.get(0));
        AtomicBoolean isOver = new AtomicBoolean();
        Thread changes = Thread.ofPlatform().start(() -> change(isOver));
        long seed = Seeds.next();
        Random random = new Random(seed);
        try {
            for (int i = 0; i < 500; i++) {
                String told = read(ann, COMMANDS.get(random.nextInt(COMMANDS.size())));
                assertFalse(told.contains("bob"), () -> "seed " + seed + ": " + told);
            }
        } finally {
            isOver.set(true);
            changes.join();
        }
        assertEquals(before, notes.stored(2) + notes.stored(4));
    }

    private void change(AtomicBoolean isOver) {
        for (int i = 0; !isOver.get(); i++) {
            String privileges = PRIVILEGES.get(i % PRIVILEGES.size());
            String other = privilege("'find'", "").replace("notes", "other");
            server.ok(
                    "{'updateRole': 'r', 'privileges': ["
                            + other
                            + (privileges.isEmpty() ? "" : ", " + privileges)
                            + "]}");
        }
    }

    /** All that a command answers, and the batches after it. */
    private static String read(LoggedIn ann, String command) {
        Document answer = ann.run(command);
        StringBuilder told = new StringBuilder(Json.text(answer));
        String collection = command.contains("'other'") ? "other" : "notes";
        while (CommandServer.number(CommandServer.part(answer, "cursor"), "id") > 0) {
            String id = Json.text(CommandServer.part(answer, "cursor").get("id"));
            answer =
                    ann.run(
                            "{'getMore': {'$numberLong': '"
                                    + id
                                    + "'}, 'collection': '"
                                    + collection
                                    + "', 'batchSize': 1}");
            told.append(Json.text(answer));
        }
        return told.toString();
    }

    @Test
    void who_could_do_something_with_all_and_may_with_some_may_it_no_longer() {
        LoggedIn ann = notes.user(privilege("'find'", ""));
        Need whole = new Need(Action.FIND, Resource.collection("cinema", "notes"));
        String opened = Json.text(ann.ok("{'find': 'notes', 'batchSize': 1}"));
        assertTrue(ann.caller().mayStill(whole));
        server.ok("{'updateRole': 'r', 'privileges': [" + PRIVILEGES.get(0) + "]}");
        assertFalse(ann.caller().mayStill(whole), opened);
        String id = opened.replaceAll(".*'id':(\\d+).*", "$1");
        assertTrue(
                ann.isDenied("{'getMore': {'$numberLong': '" + id + "'}, 'collection': 'notes'}"));
    }
}
