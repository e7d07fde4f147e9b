package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ServerCommandsTest {

    private final CommandServer server = new CommandServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void the_greeting_tells_the_limits() {
        Document hello = server.ok("{'hello': 1, 'helloOk': true, 'client': {'driver': {}}}");
        assertEquals("true", Json.text(hello.get("isWritablePrimary")));
        assertEquals(16 << 20, number(hello, "maxBsonObjectSize"));
        assertEquals(100_000, number(hello, "maxWriteBatchSize"));
        assertTrue(server.ok("{'isMaster': 1}").has("ismaster"));
        assertTrue(server.ok("{'ismaster': 1}").has("ismaster"));
    }

    @Test
    void the_server_says_what_it_is() {
        assertEquals("'8.0.0'", Json.text(server.ok("{'buildInfo': 1}").get("version")));
        assertTrue(number(part(server.ok("{'hostInfo': 1}"), "system"), "numCores") > 0);
        assertEquals("{'you':'127.0.0.1:5'}", server.text("{'whatsmyuri': 1}"));
        assertEquals(
                "{'authInfo':{'authenticatedUsers':[],'authenticatedUserRoles':[],"
                        + "'authenticatedUserPrivileges':[]}}",
                server.text("{'connectionStatus': 1, 'showPrivileges': true}"));
        assertEquals("{'argv':[],'parsed':{}}", Json.text(server.adminOk("{'getCmdLineOpts': 1}")));
        Document status = server.ok("{'serverStatus': 1, 'repl': 0}");
        assertTrue(number(status, "uptimeMillis") >= 0);
        assertEquals("'smilodon'", Json.text(part(status, "storageEngine").get("name")));
    }

    @Test
    void parameters_are_asked_for_by_name() {
        assertEquals(
                "{'featureCompatibilityVersion':{'version':'8.0'}}",
                Json.text(server.adminOk("{'getParameter': 1, 'featureCompatibilityVersion': 1}")));
        assertTrue(server.adminOk("{'getParameter': '*'}").has("featureCompatibilityVersion"));
        server.adminFails(72, "{'getParameter': 1, 'nothing': 1}");
        server.fails(13, "{'getParameter': '*'}");
    }

    @Test
    void every_command_is_listed_with_its_permission() {
        Document commands = part(server.ok("{'listCommands': 1}"), "commands");
        assertEquals(Commands.TABLE.names().size(), commands.size());
        assertEquals("'READ'", Json.text(part(commands, "find").get("permission")));
        assertEquals("true", Json.text(part(commands, "bulkWrite").get("adminOnly")));
    }
}
