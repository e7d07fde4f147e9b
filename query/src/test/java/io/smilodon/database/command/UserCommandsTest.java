package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Caller;
import io.smilodon.security.Logins;
import io.smilodon.security.Origin;
import io.smilodon.security.UserName;
import io.smilodon.security.scram.ScramCredentials;
import io.smilodon.security.scram.ScramMechanism;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UserCommandsTest {

    private static final UserName ANN = new UserName("ann", "cinema");

    private static final String CREATE =
            "{'createUser': 'ann', 'pwd': 'secret', 'roles': ['read', {'role': 'dbAdmin', 'db':"
                    + " 'other'}], 'mechanisms': ['SCRAM-SHA-256']}";

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void hashLess() {
        Logins logins = server.smilodon().users().logins();
        for (ScramMechanism mechanism : ScramMechanism.values()) {
            logins.setIterations(mechanism, ScramCredentials.ITERATIONS_MIN);
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Document stored() {
        return server.smilodon().users().find(ANN).orElseThrow().stored();
    }

    /** The only user that is told of, without the random id. */
    private String told(String command) {
        ArrayValue users = (ArrayValue) server.ok(command).get("users");
        assertEquals(1, users.size());
        return Json.text(((Document) users.get(0)).without("userId"));
    }

    @Test
    void a_user_is_stored_as_mongodb_stores_it() {
        assertEquals("{}", server.text(CREATE));

        StringBuilder fields = new StringBuilder();
        stored().forEach(field -> fields.append(field.name()).append(' '));
        assertEquals("_id userId user db credentials roles ", fields.toString());
        assertEquals("'cinema.ann'", Json.text(stored().get("_id")));
        assertEquals(
                "[{'role':'read','db':'cinema'},{'role':'dbAdmin','db':'other'}]",
                Json.text(stored().get("roles")));
        Document scram =
                CommandServer.part(CommandServer.part(stored(), "credentials"), "SCRAM-SHA-256");
        assertTrue(ScramCredentials.read(ScramMechanism.SHA_256, scram).isOf("secret"));
        assertEquals(
                Json.text(server.ok("{'count': 'films'}")),
                Json.text(server.ok("{'count': 'system.users'}")),
                "users of all databases are in admin");
        assertEquals("{'n':1}", Json.text(server.adminOk("{'count': 'system.users'}")));
        assertCode(51003, server.run(CREATE));
    }

    @Test
    void users_are_told_of_in_mongodbs_forms() {
        server.ok(CREATE);
        String plain =
                "{'_id':'cinema.ann','user':'ann','db':'cinema','roles':[{'role':'read',"
                        + "'db':'cinema'},{'role':'dbAdmin','db':'other'}],"
                        + "'mechanisms':['SCRAM-SHA-256']}";
        assertEquals(plain, told("{'usersInfo': 1}"));
        assertEquals(plain, told("{'usersInfo': 'ann'}"));
        assertEquals(plain, told("{'usersInfo': {'user': 'ann', 'db': 'cinema'}}"));
        assertEquals(plain, told("{'usersInfo': ['ann', 'bob']}"));
        assertEquals(plain, told("{'usersInfo': {'forAllDBs': true}}"));
        assertEquals(plain, told("{'usersInfo': 1, 'filter': {'user': 'ann'}}"));
        assertEquals("{'users':[]}", server.text("{'usersInfo': 1, 'filter': {'user': 'x'}}"));
        assertEquals("{'users':[]}", server.text("{'usersInfo': 'bob'}"));
        assertEquals("{'users':[]}", Json.text(server.adminOk("{'usersInfo': 1}")));
        assertTrue(told("{'usersInfo': 'ann', 'showCredentials': true}").contains("storedKey"));
        String privileges = told("{'usersInfo': 'ann', 'showPrivileges': true}");
        assertTrue(privileges.contains("'inheritedRoles':[{'role':'read','db':'cinema'}"));
        assertTrue(
                privileges.contains(
                        "{'resource':{'db':'cinema','collection':''},'actions':['changeStream',"
                                + "'collStats','dbHash','dbStats','find','killCursors',"
                                + "'listCollections','listIndexes','listSearchIndexes',"
                                + "'planCacheRead']}"));
        server.fails(20, "{'usersInfo': 1, 'showPrivileges': true}");
        server.fails(20, "{'usersInfo': 'ann', 'showPrivileges': true, 'filter': {}}");
        server.fails(2, "{'usersInfo': {'user': 'ann'}}");
    }

    @Test
    void a_user_becomes_another() {
        server.ok(CREATE);
        Value before = stored().get("credentials");
        server.ok(
                "{'updateUser': 'ann', 'customData': {'a': 1}, 'roles': ['readWrite'],"
                        + " 'authenticationRestrictions': [{'clientSource': ['10.0.0.0/8']}]}");
        assertEquals(before, stored().get("credentials"));
        assertEquals("{'a':1}", Json.text(stored().get("customData")));
        assertEquals("[{'role':'readWrite','db':'cinema'}]", Json.text(stored().get("roles")));
        String told = told("{'usersInfo': 'ann', 'showAuthenticationRestrictions': true}");
        assertTrue(told.contains("'authenticationRestrictions':[{'clientSource':['10.0.0.0/8']}]"));
        assertFalse(told("{'usersInfo': 1, 'showCustomData': false}").contains("customData"));
        server.ok(
                "{'updateUser': 'ann', 'pwd': 'other', 'mechanisms': ['SCRAM-SHA-256'],"
                        + " 'authenticationRestrictions': []}");
        assertNotEquals(before, stored().get("credentials"));
        assertFalse(stored().has("authenticationRestrictions"));
        server.fails(2, "{'updateUser': 'ann'}");
        server.fails(2, "{'updateUser': 'ann', 'mechanisms': ['SCRAM-SHA-1']}");
        server.fails(11, "{'updateUser': 'bob', 'customData': {}}");
        server.fails(31, "{'updateUser': 'ann', 'roles': ['none']}");
    }

    @Test
    void roles_are_granted_and_revoked() {
        server.ok(CREATE);
        server.ok("{'grantRolesToUser': 'ann', 'roles': ['readWrite', 'read']}");
        server.ok("{'revokeRolesFromUser': 'ann', 'roles': [{'role': 'dbAdmin', 'db': 'other'}]}");
        assertEquals(
                "[{'role':'read','db':'cinema'},{'role':'readWrite','db':'cinema'}]",
                Json.text(stored().get("roles")));
        server.fails(2, "{'grantRolesToUser': 'ann', 'roles': []}");
        server.fails(31, "{'grantRolesToUser': 'ann', 'roles': ['none']}");
        server.fails(31, "{'grantRolesToUser': 'ann', 'roles': ['root']}");
        server.fails(11, "{'grantRolesToUser': 'bob', 'roles': ['read']}");
        server.fails(11, "{'revokeRolesFromUser': 'bob', 'roles': ['read']}");
    }

    @Test
    void users_are_dropped_one_and_all() {
        server.ok(CREATE);
        server.ok(CREATE.replace("'ann'", "'bob'"));
        server.ok("{'dropUser': 'ann'}");
        server.fails(11, "{'dropUser': 'ann'}");
        assertEquals(
                "'User'ann@cinema'notfound'".replace("'", ""),
                Json.text(server.run("{'dropUser': 'ann'}").get("errmsg"))
                        .replaceAll("[\\\\']", ""));
        assertEquals("{'n':1}", server.text("{'dropAllUsersFromDatabase': 1}"));
        assertEquals("{'n':0}", server.text("{'dropAllUsersFromDatabase': 1}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2 | {'createUser': 'a', 'roles': []}",
                "2 | {'createUser': 'a', 'pwd': '', 'roles': []}",
                "2 | {'createUser': '', 'pwd': 'p', 'roles': []}",
                "2 | {'createUser': 'a\\u0000b', 'pwd': 'p', 'roles': []}",
                "2 | {'createUser': 'a', 'pwd': 'p', 'roles': [], 'mechanisms': []}",
                "2 | {'createUser': 'a', 'pwd': 'p', 'roles': [], 'mechanisms': ['PLAIN']}",
                "2 | {'createUser': 'a', 'pwd': 'p', 'roles': [], 'digestPassword': false}",
                "2 | {'createUser': 'a', 'pwd': 'p', 'roles': [1]}",
                "2 | {'createUser': 'a', 'pwd': 'p', 'roles': [{'role': 'read'}]}",
                "2 | {'createUser': 'a', 'pwd': 'p', 'roles': [],"
                        + " 'authenticationRestrictions': [{'clientSource': ['localhost']}]}",
                "40415 | {'createUser': 'a', 'pwd': 'p', 'roles': [],"
                        + " 'authenticationRestrictions': [{'client': []}]}",
                "40414 | {'createUser': 'a', 'pwd': 'p'}",
                "14 | {'createUser': 1, 'pwd': 'p', 'roles': []}",
                "14 | {'createUser': 'a', 'pwd': 1, 'roles': []}",
                "31 | {'createUser': 'a', 'pwd': 'p', 'roles': ['none'],"
                        + " 'mechanisms': ['SCRAM-SHA-256']}"
            })
    void mistakes_have_mongodbs_codes(int code, String command) {
        server.fails(code, command);
        assertTrue(server.smilodon().users().isEmpty());
    }

    @Test
    void there_are_no_users_of_local() {
        assertCode(
                2, Commands.run(server.context("local"), Json.doc(CREATE.replace("read", "root"))));
    }

    @Test
    void who_logs_in_comes_from_where_he_may() {
        server.ok(
                CREATE.replace(
                        "'roles'",
                        "'authenticationRestrictions': [{'clientSource': ['10.0.0.0/8', '::1'],"
                                + " 'serverAddress': ['192.0.2.1']}], 'roles'"));
        server.smilodon().users().login(ANN, new Origin("10.1.2.3", "192.0.2.1"));
        server.smilodon().users().login(ANN, new Origin("0:0:0:0:0:0:0:1", "192.0.2.1"));
        for (Origin from :
                new Origin[] {
                    Origin.UNKNOWN,
                    new Origin("11.1.2.3", "192.0.2.1"),
                    new Origin("10.1.2.3", "192.0.2.2"),
                    new Origin("10.1.2.3", "")
                }) {
            SmilodonException refused =
                    Assertions.assertThrows(
                            SmilodonException.class,
                            () -> server.smilodon().users().login(ANN, from));
            assertEquals(18, refused.code().number(), from.toString());
        }
        Caller caller = server.smilodon().users().login(ANN, new Origin("10.1.2.3", "192.0.2.1"));
        assertTrue(caller.isAuthenticated());
        server.ok(
                "{'updateUser': 'ann', 'authenticationRestrictions': [{'clientSource':"
                        + " ['11.0.0.0/8']}]}");
        assertFalse(caller.isAuthenticated(), "not from there any more");
    }

    @Test
    void nobody_sees_a_password() {
        server.ok("{'profile': 2, 'slowms': 0}");
        server.ok(CREATE);
        server.ok("{'updateUser': 'ann', 'pwd': 'secret', 'mechanisms': ['SCRAM-SHA-256']}");
        server.run("{'createUser': 'bob', 'pwd': 'secret', 'roles': ['none']}");
        server.run("{'explain': {'createUser': 'bob', 'pwd': 'secret', 'roles': []}}");
        server.run("{'saslStart': 1, 'mechanism': 'PLAIN', 'payload': 'secret'}");
        server.run("{'hello': 1, 'speculativeAuthenticate': {'payload': 'secret'}}");
        server.ok("{'profile': 0}");

        Document profile = server.ok("{'find': 'system.profile'}");
        String log = Json.text(server.adminOk("{'getLog': 'global'}"));
        assertTrue(Json.text(profile).contains("'pwd':'xxx'"));
        assertFalse(Json.text(profile).contains("secret"));
        assertFalse(log.contains("secret"));
    }

    @Test
    void no_stream_of_changes_tells_of_users() {
        try (ChangeStream changes = server.smilodon().watch(List.of(), WatchOptions.DEFAULTS)) {
            server.ok(CREATE);
            server.ok("{'dropUser': 'ann'}");
            server.ok("{'insert': 'films', 'documents': [{'_id': 1}]}");
            String seen =
                    Stream.generate(changes::poll)
                            .takeWhile(Optional::isPresent)
                            .map(event -> Json.text(event.orElseThrow()))
                            .collect(Collectors.joining());
            assertTrue(seen.contains("films"));
            assertFalse(seen.contains("ann"));
        }
    }

    @Test
    void the_status_of_a_connection_tells_who_has_logged_in() {
        LoggedIn ann = LoggedIn.create(server, "ann", "read@cinema");
        assertEquals(
                "{'authInfo':{'authenticatedUsers':[{'user':'ann','db':'admin'}],"
                        + "'authenticatedUserRoles':[{'role':'read','db':'cinema'}]}}",
                Json.text(ann.ok("{'connectionStatus': 1}")));
        String privileges = Json.text(ann.ok("{'connectionStatus': 1, 'showPrivileges': true}"));
        assertTrue(
                privileges.contains(
                        "'authenticatedUserPrivileges':[{'resource':{'db':'cinema',"
                                + "'collection':''},'actions':['changeStream',"));
    }

    @Test
    void only_commands_about_users_write_to_their_collections() {
        server.ok(CREATE);
        for (String command :
                new String[] {
                    "{'insert': 'system.users', 'documents': [{}]}",
                    "{'update': 'system.users', 'updates': [{'q': {}, 'u': {'$set': {'a': 1}}}]}",
                    "{'delete': 'system.users', 'deletes': [{'q': {}, 'limit': 0}]}",
                    "{'drop': 'system.users'}",
                    "{'collMod': 'system.users'}",
                    "{'aggregate': 'a', 'pipeline': [{'$out': 'system.users'}], 'cursor': {}}",
                    "{'aggregate': 'a', 'pipeline': [{'$merge': 'system.roles'}], 'cursor': {}}",
                    "{'renameCollection': 'admin.system.users', 'to': 'admin.a'}",
                    "{'convertToCapped': 'system.users', 'size': 4096}",
                    "{'dropDatabase': 1}"
                }) {
            assertEquals(Value.of(0.0), writeError(server.admin(command)), command);
        }
        assertEquals("{'n':1}", Json.text(server.adminOk("{'count': 'system.users'}")));
    }

    /** 0 if it failed, as a whole or in a statement. */
    private static Value writeError(Document answer) {
        return answer.has("writeErrors") ? Value.of(0.0) : answer.get("ok");
    }
}
