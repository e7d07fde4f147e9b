package io.smilodon.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.Smilodon;
import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.security.scram.ScramCredentials;
import io.smilodon.security.scram.ScramMechanism;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down of what users do. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AuditTrailTest {

    @TempDir private Path directory;

    private final Smilodon smilodon =
            Smilodon.inMemory(
                    DatabaseOptions.DEFAULTS.withClock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC)));

    private final Caller root = caller("ann", "root");
    private final Caller reader = caller("bob", "read");

    private Path path;
    private AuditFile file;

    @BeforeEach
    void open() throws IOException {
        path = directory.resolve("audit.json");
        file = AuditFile.open(path);
        smilodon.users().audit().writeTo(file);
        for (ScramMechanism mechanism : ScramMechanism.values()) {
            smilodon.users().logins().setIterations(mechanism, ScramCredentials.ITERATIONS_MIN);
        }
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private Caller caller(String name, String role) {
        return smilodon.users()
                .recognised(
                        new UserName(name, "admin"),
                        List.of(new RoleName(role, "admin")),
                        new Origin("10.0.0.1", "10.0.0.2"));
    }

    private Document run(Caller caller, String command) {
        return run("shop", caller, command);
    }

    private void runOnAdmin(String command) {
        run("admin", root, command);
    }

    private Document run(String database, Caller caller, String command) {
        CommandContext context =
                CommandContext.of(smilodon, database)
                        .withCaller(caller)
                        .withClient("10.0.0.1:1234");
        return Commands.run(context, ExtendedJson.readDocument(command.replace('\'', '"')));
    }

    private List<Document> events() throws IOException {
        List<Document> events = new ArrayList<>();
        for (String line : Files.readAllLines(path)) {
            events.add(ExtendedJson.readDocument(line));
        }
        return events;
    }

    /** Type, param and result of each event. */
    private List<String> told() throws IOException {
        List<String> told = new ArrayList<>();
        for (Document event : events()) {
            told.add(event.get("atype") + " " + event.get("param") + " " + event.get("result"));
        }
        return told;
    }

    private static Document json(String text) {
        return ExtendedJson.readDocument(text.replace('\'', '"'));
    }

    @Test
    void an_event_has_the_shape_that_mongodb_gives_it() throws IOException {
        run(
                root,
                "{'createUser': 'eve', 'pwd': 'secret', 'roles': ['read'],"
                        + " 'customData': {'a': 1}}");

        assertEquals(
                List.of(
                        json(
                                "{'atype': 'createUser', 'ts': {'$date': '1970-01-01T00:00:00Z'},"
                                        + " 'local': {'ip': '10.0.0.2'},"
                                        + " 'remote': {'ip': '10.0.0.1', 'port': 1234},"
                                        + " 'users': [{'user': 'ann', 'db': 'admin'}],"
                                        + " 'roles': [{'role': 'root', 'db': 'admin'}],"
                                        + " 'param': {'user': 'eve', 'db': 'shop',"
                                        + " 'roles': ['read']},"
                                        + " 'result': 0}")),
                events());
        assertFalse(Files.readString(path).contains("secret"));
    }

    @Test
    void changes_of_users_and_roles_and_dropped_data_are_told() throws IOException {
        run(root, "{'insert': 'c', 'documents': [{'_id': 1}]}");
        run(root, "{'find': 'c'}");
        run(root, "{'createRole': 'r', 'roles': [], 'privileges': []}");
        run(root, "{'createUser': 'eve', 'pwd': 'x', 'roles': ['r']}");
        run(root, "{'updateUser': 'eve', 'pwd': 'y'}");
        run(root, "{'grantRolesToUser': 'eve', 'roles': ['read']}");
        run(root, "{'dropUser': 'eve'}");
        run(root, "{'dropUser': 'eve'}");
        run(root, "{'drop': 'c'}");
        run(root, "{'dropDatabase': 1}");

        assertEquals(
                List.of(
                        "\"createRole\" { role: \"r\", db: \"shop\", roles: [], privileges: [] } 0",
                        "\"createUser\" { user: \"eve\", db: \"shop\", roles: [ \"r\" ] } 0",
                        "\"updateUser\" { user: \"eve\", db: \"shop\", passwordChanged: true } 0",
                        "\"grantRolesToUser\" { user: \"eve\", db: \"shop\", roles: [ \"read\" ] } 0",
                        "\"dropUser\" { user: \"eve\", db: \"shop\" } 0",
                        "\"dropUser\" { user: \"eve\", db: \"shop\" } 11",
                        "\"dropCollection\" { ns: \"shop.c\" } 0",
                        "\"dropDatabase\" { ns: \"shop\" } 0"),
                told());
    }

    /** What is gone is told by what made it so, also where no command says drop. */
    @Test
    void collections_that_others_take_the_place_of_are_told() throws IOException {
        run(root, "{'insert': 'a', 'documents': [{'_id': 1}]}");
        run(root, "{'insert': 'b', 'documents': [{'_id': 1}]}");
        String out = "{'aggregate': 'a', 'pipeline': [{'$out': '%s'}], 'cursor': {}}";
        run(root, out.formatted("b"));
        run(root, out.formatted("new"));
        run(reader, out.formatted("b"));
        run(root, "{'convertToCapped': 'b', 'size': 4096}");
        String rename = "{'renameCollection': 'shop.%s', 'to': 'shop.%s', 'dropTarget': %s}";
        runOnAdmin(rename.formatted("a", "b", "false"));
        runOnAdmin(rename.formatted("a", "b", "true"));
        runOnAdmin(rename.formatted("b", "c", "true"));

        assertEquals(
                List.of(
                        "\"dropCollection\" { ns: \"shop.b\" } 0",
                        "\"authCheck\" { command: \"aggregate\", ns: \"shop.a\" } 13",
                        "\"dropCollection\" { ns: \"shop.b\" } 0",
                        "\"renameCollection\" { old: \"shop.a\", new: \"shop.b\" } 48",
                        "\"dropCollection\" { ns: \"shop.b\" } 0",
                        "\"renameCollection\" { old: \"shop.a\", new: \"shop.b\" } 0",
                        "\"renameCollection\" { old: \"shop.b\", new: \"shop.c\" } 0"),
                told());
        Document replaced = events().getFirst();
        assertEquals(
                json("{'a': [{'user': 'ann', 'db': 'admin'}]}").get("a"), replaced.get("users"));
        assertEquals(json("{'ip': '10.0.0.1'}"), replaced.get("remote"));
    }

    @Test
    void what_is_refused_is_told_without_values() throws IOException {
        run(reader, "{'find': 'c', 'filter': {'card': 4711}}");
        run(Caller.NOBODY, "{'drop': '%s'}".formatted("x".repeat(100_000)));

        List<Document> events = events();
        assertEquals(Value.of("authCheck"), events.get(0).get("atype"));
        assertEquals(json("{'command': 'find', 'ns': 'shop.c'}"), events.get(0).get("param"));
        assertEquals(Value.of(13), events.get(0).get("result"));
        assertEquals(json("{'a': []}").get("a"), events.get(1).get("users"));
        assertTrue(Files.size(path) < 4_000);
    }

    @Test
    void what_cannot_be_written_is_counted_and_the_change_is_made() {
        AuditTrail audit = smilodon.users().audit();
        run(root, "{'createRole': 'r', 'roles': [], 'privileges': []}");
        file.close();
        Document answer = run(root, "{'createRole': 's', 'roles': [], 'privileges': []}");

        assertEquals(Value.of(1.0), answer.get("ok"));
        assertEquals(1, audit.written());
        assertEquals(1, audit.failed());
    }

    // ---- The file

    @Test
    void only_its_owner_reads_it_and_it_goes_on_where_it_ended() throws IOException {
        assertEquals(
                "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
        file.append("one", true);
        file.close();
        try (AuditFile again = AuditFile.open(path)) {
            again.append("two", false);
        }
        assertEquals(List.of("one", "two"), Files.readAllLines(path));
    }

    @Test
    void full_ones_get_numbers_and_the_oldest_are_deleted() throws IOException {
        Path rotated = directory.resolve("small");
        try (AuditFile small = AuditFile.open(rotated, 10)) {
            for (int line = 10; line < 40; line++) {
                small.append("line" + line, false); // of 7 bytes, so that two are too many
            }
        }
        assertEquals(List.of("line39"), Files.readAllLines(rotated));
        for (int number = 1; number <= AuditFile.FULL_COUNT_MAX; number++) {
            assertEquals(
                    List.of("line" + (39 - number)),
                    Files.readAllLines(directory.resolve("small." + number)));
        }
        assertFalse(Files.exists(directory.resolve("small.10")));
    }

    @Test
    void an_interrupt_of_who_writes_loses_nothing() throws IOException {
        Path small = directory.resolve("small");
        try (AuditFile target = AuditFile.open(small, 10)) {
            for (int line = 10; line < 14; line++) {
                Thread.currentThread().interrupt();
                target.append("line" + line, true);
                assertTrue(Thread.interrupted());
            }
        }
        assertEquals(List.of("line13"), Files.readAllLines(small));
        assertEquals(List.of("line10"), Files.readAllLines(directory.resolve("small.3")));
    }

    @Test
    void what_cannot_be_renamed_deletes_nothing() throws IOException {
        Path small = directory.resolve("small");
        Path last = directory.resolve("small." + AuditFile.FULL_COUNT_MAX);
        try (AuditFile target = AuditFile.open(small, 10)) {
            for (int line = 10; line < 19; line++) {
                target.append("line" + line, false);
            }
            Path obstacle = Files.createDirectories(last.resolve("in the way"));
            for (int attempt = 0; attempt < 12; attempt++) {
                assertThrows(IOException.class, () -> target.append("line19", false));
            }
            assertEquals(List.of("line18"), Files.readAllLines(small));
            assertEquals(List.of("line10"), Files.readAllLines(directory.resolve("small.8")));
            Files.delete(obstacle);
            target.append("line19", false);
            assertEquals(List.of("line19"), Files.readAllLines(small));
            assertEquals(List.of("line10"), Files.readAllLines(last));
        }
    }

    @Test
    void a_line_that_a_power_loss_has_torn_does_not_spoil_the_next() throws IOException {
        Path torn = Files.writeString(directory.resolve("torn"), "one\ntw");
        try (AuditFile again = AuditFile.open(torn)) {
            again.append("three", true);
        }
        assertEquals(List.of("one", "tw", "three"), Files.readAllLines(torn));
    }
}
