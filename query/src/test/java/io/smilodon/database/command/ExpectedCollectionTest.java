package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.SessionCommandsTest.FIRST;
import static io.smilodon.database.command.SessionCommandsTest.begin;
import static io.smilodon.database.command.SessionCommandsTest.statement;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that say by its UUID which collection they mean. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExpectedCollectionTest {

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void insert() {
        server.ok("{'insert': 'a', 'documents': [{'_id': 1}]}");
        server.ok("{'insert': 'b', 'documents': [{'_id': 1}]}");
        server.ok("{'create': 'v', 'viewOn': 'a', 'pipeline': []}");
        Commands.run(server.context("other"), Json.doc("{'create': 'c'}"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String uuid(String collection) {
        return uuid(server.smilodon(), "cinema", collection);
    }

    private static String uuid(Smilodon smilodon, String database, String collection) {
        Document asked =
                Json.doc("{'listCollections': 1, 'filter': {'name': '" + collection + "'}}");
        Document answer = Commands.run(CommandContext.of(smilodon, database), asked);
        ArrayValue found = (ArrayValue) CommandServer.part(answer, "cursor").get("firstBatch");
        return Json.text(CommandServer.part((Document) found.get(0), "info").get("uuid"));
    }

    private static void assertMismatch(
            Document answer, String expected, String uuid, Value actual) {
        assertCode(361, answer);
        assertEquals(Value.of("CollectionUUIDMismatch"), answer.get("codeName"));
        assertEquals(Value.of(expected), answer.get("expectedCollection"));
        assertEquals(uuid, Json.text(answer.get("collectionUUID")));
        assertEquals(actual, answer.get("actualCollection"));
        assertTrue(answer.has("db"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'find': 'N', 'collectionUUID': U}",
                "{'aggregate': 'N', 'pipeline': [], 'cursor': {}, 'collectionUUID': U}",
                "{'insert': 'N', 'documents': [{}], 'collectionUUID': U}",
                "{'update': 'N', 'updates': [{'q': {}, 'u': {'x': 1}, 'upsert': true}], 'collectionUUID': U}",
                "{'delete': 'N', 'deletes': [{'q': {}, 'limit': 0}], 'collectionUUID': U}",
                "{'collMod': 'N', 'validator': {}, 'collectionUUID': U}",
                "{'createIndexes': 'N', 'indexes': [{'key': {'x': 1}, 'name': 'x'}], 'collectionUUID': U}",
                "{'dropIndexes': 'N', 'index': '*', 'collectionUUID': U}",
                "{'explain': {'find': 'N', 'collectionUUID': U}}",
                "{'drop': 'N', 'collectionUUID': U}",
            })
    void a_command_is_for_the_collection_that_it_means(String command) {
        String own = uuid("a");
        String unknown = uuid(server.smilodon(), "other", "c");
        for (String name : new String[] {"b", "v", "nowhere"}) {
            Document answer =
                    server.run(command.replace("'N'", "'" + name + "'").replace("U}", own + "}"));
            assertMismatch(answer, name, own, Value.of("a"));
        }
        String here = command.replace("'N'", "'a'");
        assertMismatch(
                server.run(here.replace("U}", unknown + "}")), "a", unknown, NullValue.INSTANCE);
        server.fails(14, here.replace("U}", "'x'}"));
        assertEquals("[1,1]", counts());
        assertFalse(server.text("{'listCollections': 1}").contains("nowhere"));

        server.ok(here.replace("U}", own + "}"));
    }

    private String counts() {
        return "["
                + number(server.ok("{'count': 'a'}"), "n")
                + ","
                + number(server.ok("{'count': 'b'}"), "n")
                + "]";
    }

    @Test
    void a_bulk_over_collections_names_each() {
        String bulk =
                "{'bulkWrite': 1, 'ops': [{'insert': 0, 'document': {}}], 'nsInfo': [{'ns':"
                        + " 'cinema.b', 'collectionUUID': U}]}";
        Document answer = server.admin(bulk.replace("U}", uuid("a") + "}"));
        assertMismatch(answer, "b", uuid("a"), Value.of("a"));
        assertEquals("[1,1]", counts());
        server.adminOk(bulk.replace("U}", uuid("b") + "}"));
        assertEquals("[1,2]", counts());
    }

    @Test
    void a_renamed_collection_stays_what_it_is_and_a_new_one_is_another() {
        String own = uuid("a");
        String rename = "{'renameCollection': 'cinema.%s', 'to': 'cinema.z', 'collectionUUID': %s}";
        assertMismatch(server.admin(rename.formatted("b", own)), "b", own, Value.of("a"));
        server.adminOk(rename.formatted("a", own));
        assertEquals(own, uuid("z"));
        server.ok("{'create': 'a'}");
        assertNotEquals(own, uuid("a"));
        server.ok("{'find': 'z', 'collectionUUID': " + own + "}");
        assertMismatch(
                server.run("{'find': 'a', 'collectionUUID': " + own + "}"),
                "a",
                own,
                Value.of("z"));
    }

    @Test
    void a_transaction_means_collections_too() {
        String find = "'find': 'b', 'collectionUUID': ";
        server.ok(begin(FIRST, 1, find + uuid("b")));
        assertCode(361, server.run(statement(FIRST, 1, find + uuid("a"))));
    }

    @Test
    void it_is_a_random_uuid_to_those_who_look_and_the_same_after_a_restart(
            @TempDir Path directory, @TempDir Path elsewhere) {
        String before;
        try (Smilodon first = Smilodon.open(directory)) {
            first.database("d").createCollection("c", Document.EMPTY);
            before = uuid(first, "d", "c");
            byte[] bytes = ((BinaryValue) Json.doc("{'u': " + before + "}").get("u")).bytes();
            assertEquals(0x40, bytes[6] & 0xF0);
            assertEquals(0x80, bytes[8] & 0xC0);
        }
        try (Smilodon second = Smilodon.open(directory);
                Smilodon other = Smilodon.open(elsewhere)) {
            assertEquals(before, uuid(second, "d", "c"));
            other.database("d").createCollection("c", Document.EMPTY);
            assertNotEquals(before, uuid(other, "d", "c"));
        }
    }
}
