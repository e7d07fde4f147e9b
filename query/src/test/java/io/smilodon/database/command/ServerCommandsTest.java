package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.database.ServerProcess;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Optional;
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
        Document status = server.ok("{'serverStatus': 1, 'repl': 0, 'mem': 0, 'network': 1}");
        assertFalse(status.has("mem"));
        assertTrue(status.has("network"));
        assertTrue(number(status, "uptimeMillis") >= 0);
        assertEquals("'smilodon'", Json.text(part(status, "storageEngine").get("name")));
    }

    @Test
    void a_server_tells_how_it_was_started() {
        Document options = Document.of("net", Document.of("port", Value.of(27017)));
        server.smilodon()
                .server()
                .startedBy(
                        new ServerProcess.Start(List.of("smilodon", "serve", "--auth"), options));
        assertEquals(
                "{'argv':['smilodon','serve','--auth'],'parsed':{'net':{'port':27017}}}",
                Json.text(server.adminOk("{'getCmdLineOpts': 1}")));
        server.fails(13, "{'getCmdLineOpts': 1}");
    }

    @Test
    void there_is_one_version_to_be_compatible_with() {
        server.adminOk("{'setFeatureCompatibilityVersion': '8.0', 'confirm': true}");
        server.adminFails(4926900, "{'setFeatureCompatibilityVersion': '7.0', 'confirm': true}");
        server.fails(13, "{'setFeatureCompatibilityVersion': '8.0'}");
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

    @Test
    void concerns_have_defaults() {
        Document concerns = server.adminOk("{'getDefaultRWConcern': 1}");
        assertEquals("{'level':'local'}", Json.text(part(concerns, "defaultReadConcern")));
        assertEquals(
                "{'w':'majority','wtimeout':0}", Json.text(part(concerns, "defaultWriteConcern")));
        server.fails(13, "{'getDefaultRWConcern': 1}");
    }

    @Test
    void top_tells_what_requests_on_each_collection_were() {
        server.insertFilms();
        server.ok("{'find': 'films'}");
        server.ok("{'find': 'films', 'filter': {'_id': 1}}");
        server.ok("{'update': 'films', 'updates': [{'q': {}, 'u': {'$set': {'a': 1}}}]}");
        server.ok("{'delete': 'films', 'deletes': [{'q': {'_id': 7}, 'limit': 1}]}");
        server.ok("{'count': 'films'}");
        Document totals = part(server.adminOk("{'top': 1}"), "totals");
        assertTrue(totals.has("note"));
        Document films = part(totals, "cinema.films");
        String[] names = {
            "total",
            "readLock",
            "writeLock",
            "queries",
            "getmore",
            "insert",
            "update",
            "remove",
            "commands"
        };
        int[] counts = {6, 3, 3, 2, 0, 1, 1, 1, 1};
        for (int i = 0; i < names.length; i++) {
            assertEquals(counts[i], number(part(films, names[i]), "count"), names[i]);
        }
        assertTrue(number(part(films, "total"), "time") >= 0);
        server.ok("{'find': 'none'}");
        server.fails(73, "{'find': 'no$name'}");
        totals = part(server.adminOk("{'top': 1}"), "totals");
        assertEquals(2, totals.size(), "the note and the only collection that there is");
        server.fails(13, "{'top': 1}");
    }

    @Test
    void the_size_of_a_collection_is_what_is_counted() {
        server.insertFilms();
        Document size = server.ok("{'dataSize': 'cinema.films'}");
        assertEquals(3, number(size, "numObjects"));
        assertEquals(number(server.ok("{'collStats': 'films'}"), "size"), number(size, "size"));
        assertEquals(0, number(server.ok("{'datasize': 'cinema.none'}"), "numObjects"));
        server.fails(73, "{'dataSize': 'films'}");
        server.fails(14, "{'dataSize': 1}");
        server.fails(115, "{'dataSize': 'cinema.films', 'min': {'_id': 1}, 'max': {'_id': 2}}");
    }

    private Document inSet(String command) {
        Membership set =
                new Membership("rs0", "here:27017", () -> new TimestampValue(1_700_000_000, 1));
        return Commands.run(
                server.context("admin").withMembership(Optional.of(set)), Json.doc(command));
    }

    @Test
    void a_set_has_one_member_which_is_its_primary() {
        Document status = CommandServer.withoutOk(inSet("{'replSetGetStatus': 1}"));
        assertEquals("'rs0'", Json.text(status.get("set")));
        assertEquals(1, number(status, "myState"));
        Document member = (Document) ((ArrayValue) status.get("members")).elements().getFirst();
        assertEquals("'here:27017'", Json.text(member.get("name")));
        assertEquals("'PRIMARY'", Json.text(member.get("stateStr")));
        assertTrue(number(member, "uptime") >= 0);
        Document configuration =
                part(CommandServer.withoutOk(inSet("{'replSetGetConfig': 1}")), "config");
        assertEquals("'rs0'", Json.text(configuration.get("_id")));
        CommandServer.assertCode(23, inSet("{'replSetInitiate': {'_id': 'rs0'}}"));
    }

    @Test
    void who_has_come_by_no_set_is_told_of_none() {
        for (String name :
                new String[] {"replSetGetStatus", "replSetGetConfig", "replSetInitiate"}) {
            server.adminFails(76, "{'" + name + "': 1}");
            server.fails(13, "{'" + name + "': 1}");
        }
    }
}
