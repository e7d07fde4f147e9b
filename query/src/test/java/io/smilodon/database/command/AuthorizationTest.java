package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.query.aggregate.StageNames;
import io.smilodon.security.Caller;
import io.smilodon.security.RoleName;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AuthorizationTest {

    private static final String PIPELINE = "{'aggregate': 'films', 'cursor': {}, 'pipeline': [%s]}";

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void fill() {
        server.insertFilms();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private LoggedIn user(String... roles) {
        return LoggedIn.create(server, "ann", roles);
    }

    @Test
    void who_has_not_logged_in_may_only_greet() {
        CommandContext nobody = server.context("cinema").withCaller(Caller.NOBODY);
        Document refused = Commands.run(nobody, Json.doc("{'find': 'films'}"));
        assertCode(13, refused);
        assertEquals(
                "'Commandfindrequiresauthentication'",
                Json.text(refused.get("errmsg")),
                "as MongoDB puts it");
        for (String open : new String[] {"hello", "ping", "buildInfo", "connectionStatus"}) {
            CommandServer.withoutOk(Commands.run(nobody, Json.doc("{'" + open + "': 1}")));
        }
        assertCode(13, Commands.run(nobody, Json.doc("{'find': 'films', 'help': true}")));
        assertCode(59, Commands.run(nobody, Json.doc("{'fnid': 1}")));
    }

    @Test
    void what_no_role_allows_is_refused_without_telling_what_was_asked() {
        LoggedIn reader = user("read@cinema");
        Document refused = reader.run("{'insert': 'films', 'documents': [{'secret': 7}]}");
        assertCode(13, refused);
        assertEquals(
                "'notauthorizedoncinematoexecutecommand{insert:\\'films\\'}'",
                Json.text(refused.get("errmsg")));
        assertTrue(reader.isDenied("other", "{'find': 'films'}"));
        assertEquals("{'n':3}", Json.text(reader.ok("{'count': 'films'}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$lookup': {'from': 'other', 'localField': 'a', 'foreignField': 'a', 'as': 'x'}}",
                "{'$lookup': {'from': 'other', 'pipeline': [], 'as': 'x'}}",
                "{'$lookup': {'from': 'films', 'pipeline': [{'$unionWith': 'other'}], 'as': 'x'}}",
                "{'$graphLookup': {'from': 'other', 'startWith': '$a', 'connectFromField': 'a',"
                        + " 'connectToField': 'b', 'as': 'x'}}",
                "{'$unionWith': 'other'}",
                "{'$unionWith': {'coll': 'other', 'pipeline': []}}",
                "{'$unionWith': {'coll': 'films', 'pipeline': [{'$facet': {'a': [{'$lookup':"
                        + " {'from': 'other', 'pipeline': [], 'as': 'x'}}]}}]}}",
                "{'$facet': {'a': [{'$unionWith': 'other'}]}}",
                "{'$rankFusion': {'input': {'pipelines': {'a': [{'$sort': {'a': 1}},"
                        + " {'$unionWith': 'other'}]}}}}",
                "{'$out': 'other'}",
                "{'$out': {'db': 'more', 'coll': 'other'}}",
                "{'$merge': 'other'}",
                "{'$merge': {'into': 'other'}}",
                "{'$merge': {'into': {'db': 'more', 'coll': 'other'}}}",
            })
    void a_pipeline_needs_every_collection_that_it_touches(String stage) {
        server.ok(
                "{'createIndexes': 'films', 'indexes': [{'key': {'year': 1}, 'name': 'year_1'}]}");
        LoggedIn reader = user(role("films", "'find'"));
        String command = PIPELINE.formatted(stage);

        assertFalse(reader.isDenied(PIPELINE.formatted("")));
        assertTrue(reader.isDenied(command), command);
        assertTrue(
                reader.isDenied("{'explain': " + command + ", 'verbosity': 'queryPlanner'}"),
                command);
    }

    @Test
    void a_view_shows_what_its_reader_may_not_read() {
        server.ok("{'create': 'titles', 'viewOn': 'films', 'pipeline': []}");
        LoggedIn reader = user(role("titles", "'find', 'createCollection', 'collMod'"));

        assertEquals("{'n':3}", Json.text(reader.ok("{'count': 'titles'}")));
        assertTrue(reader.isDenied("{'find': 'films'}"));
        assertTrue(reader.isDenied("{'create': 'more', 'viewOn': 'films'}"));
        assertTrue(reader.isDenied("{'collMod': 'titles', 'viewOn': 'films', 'pipeline': []}"));
        assertTrue(
                reader.isDenied(
                        "{'collMod': 'titles', 'viewOn': 'titles', 'pipeline': [{'$unionWith':"
                                + " 'films'}]}"));
    }

    @Test
    void a_role_that_is_taken_away_ends_what_a_cursor_reads() {
        LoggedIn ann = user("read@cinema");
        long cursor = open(ann);
        String more =
                "{'getMore': {'$numberLong': '"
                        + cursor
                        + "'}, 'collection': 'films',"
                        + " 'batchSize': 1}";
        ann.ok(more);
        server.smilodon().users().revoke(ann.name(), List.of(new RoleName("read", "cinema")));

        assertTrue(ann.isDenied(more));
        assertTrue(ann.isDenied("{'find': 'films'}"));
        server.smilodon().users().grant(ann.name(), List.of(new RoleName("read", "cinema")));
        ann.ok(more);
    }

    private static long open(LoggedIn user) {
        Document opened = user.ok("{'find': 'films', 'batchSize': 1}");
        return CommandServer.number(CommandServer.part(opened, "cursor"), "id");
    }

    @Test
    void cursors_belong_to_their_users() {
        LoggedIn ann = user("read@cinema");
        LoggedIn bob = LoggedIn.create(server, "bob", "root@admin");
        LoggedIn eve = LoggedIn.create(server, "eve", "read@cinema");
        String id = "{'$numberLong': '" + open(ann) + "'}";
        String more = "{'getMore': " + id + ", 'collection': 'films', 'batchSize': 1}";
        String kill = "{'killCursors': 'films', 'cursors': [" + id + "]}";

        assertTrue(bob.isDenied(more));
        assertTrue(eve.isDenied(more));
        assertTrue(eve.isDenied(kill));
        LoggedIn killer = LoggedIn.create(server, "killer", role("mine", "'killAnyCursor'"));
        assertTrue(killer.isDenied(kill));
        assertTrue(killer.isDenied(kill.replace("'films'", "'mine'")), "by another name");
        ann.ok(more);
        assertEquals(1, killed(bob.ok(kill)));
        String own = "{'$numberLong': '" + open(ann) + "'}";
        assertEquals(1, killed(ann.ok(kill.replace(id, own))));
    }

    private static int killed(Document answer) {
        return answer.get("cursorsKilled") instanceof ArrayValue ids ? ids.size() : -1;
    }

    @Test
    void sessions_of_users_are_apart_whatever_their_ids() {
        LoggedIn ann = user("readWrite@cinema");
        LoggedIn bob = LoggedIn.create(server, "bob", "readWrite@cinema", "hostManager@admin");
        String session =
                "'lsid': {'id': {'$uuid': '00000000-0000-4000-8000-000000000001'}}, 'txnNumber':"
                        + " {'$numberLong': '1'}, 'autocommit': false";
        ann.ok(
                "{'insert': 'films', 'documents': [{'_id': 9}], "
                        + session
                        + ", 'startTransaction': true}");

        assertCode(251, bob.run("{'find': 'films', " + session + "}"));
        assertCode(251, bob.run("admin", "{'commitTransaction': 1, " + session + "}"));
        bob.ok("{'endSessions': [{'id': {'$uuid': '00000000-0000-4000-8000-000000000001'}}]}");
        ann.ok("{'find': 'films', " + session + "}");
        bob.ok("{'killAllSessions': [{'user': 'nobody', 'db': 'admin'}]}");
        ann.ok("{'find': 'films', " + session + "}");
        bob.ok("{'killAllSessions': [{'user': 'ann', 'db': 'admin'}]}");
        assertCode(251, ann.run("{'find': 'films', " + session + "}"));
        assertTrue(
                ann.isDenied(
                        "{'count': 'films', 'lsid': {'id': {'$uuid':"
                                + " '00000000-0000-4000-8000-000000000001'}, 'uid': {'$binary':"
                                + " {'base64': 'AAAA', 'subType': '00'}}}}"),
                "the session of another user");
    }

    @Test
    void lists_show_what_one_may_do_something_with() {
        server.ok("{'insert': 'others', 'documents': [{}]}");
        CommandServer.withoutOk(
                Commands.run(
                        server.context("zoo"), Json.doc("{'insert': 'a', 'documents': [{}]}")));
        LoggedIn reader = user(role("films", "'find'"));

        assertEquals(
                "{'databases':[{'name':'cinema'}]}",
                Json.text(
                        CommandServer.withoutOk(
                                reader.run("admin", "{'listDatabases': 1, 'nameOnly': true}"))));
        assertTrue(reader.isDenied("{'listCollections': 1, 'nameOnly': true}"));
        Document listed =
                reader.ok(
                        "{'listCollections': 1, 'nameOnly': true, 'authorizedCollections': true}");
        assertEquals(
                "[{'name':'films','type':'collection'}]",
                Json.text(CommandServer.part(listed, "cursor").get("firstBatch")));
    }

    @Test
    void expressions_see_the_roles_of_who_asks() {
        server.ok(
                "{'create': 'view', 'viewOn': 'films', 'pipeline': [{'$match': {'_id': 1}},"
                        + " {'$project': {'roles': '$$USER_ROLES.role'}}]}");
        LoggedIn ann = user("read@cinema", "dbAdmin@cinema");

        assertEquals(
                "[{'_id':1,'roles':['read','dbAdmin']}]",
                Json.text(
                        CommandServer.part(ann.ok("{'find': 'view'}"), "cursor")
                                .get("firstBatch")));
        assertEquals(
                "[{'_id':1,'roles':[]}]",
                Json.text(
                        CommandServer.part(server.ok("{'find': 'view'}"), "cursor")
                                .get("firstBatch")));
    }

    @Test
    void own_requests_may_be_seen_by_everybody() {
        LoggedIn ann = user("read@cinema");
        Document seen =
                CommandServer.withoutOk(
                        ann.run(
                                "admin",
                                "{'aggregate': 1, 'pipeline': [{'$currentOp': {}}, {'$project':"
                                        + " {'command.aggregate': 1, 'effectiveUsers': 1}}],"
                                        + " 'cursor': {}}"));
        assertEquals(
                "[{'command':{'aggregate':1},'effectiveUsers':[{'user':'ann','db':'admin'}]}]",
                Json.text(CommandServer.part(seen, "cursor").get("firstBatch")));
    }

    @Test
    void the_profile_tells_whose_requests_were_slow() {
        LoggedIn ann = user("read@cinema");
        server.ok("{'profile': 2}");
        ann.ok("{'find': 'films'}");
        server.ok("{'profile': 0}");
        Document found =
                server.ok(
                        "{'find': 'system.profile', 'filter': {'op': 'query'}, 'projection':"
                                + " {'_id': 0, 'user': 1, 'allUsers': 1}}");
        assertEquals(
                "[{'allUsers':[{'user':'ann','db':'admin'}],'user':'ann@admin'}]",
                Json.text(CommandServer.part(found, "cursor").get("firstBatch")));
        assertTrue(ann.isDenied("{'find': 'system.profile'}"), "it is the server's own");
    }

    @Test
    void a_user_who_is_dropped_may_do_nothing() {
        LoggedIn ann = user("root@admin");
        ann.ok("{'find': 'films'}");
        server.smilodon().users().drop(ann.name());

        Document refused = ann.run("{'find': 'films'}");
        assertCode(13, refused);
        assertEquals("'Commandfindrequiresauthentication'", Json.text(refused.get("errmsg")));
    }

    @Test
    void every_stage_is_known_to_be_innocent_or_not() {
        for (String stage : StageNames.all()) {
            assertTrue(PipelineRequirement.knows(stage), stage);
        }
    }

    /** A role that allows these actions on a collection. */
    private String role(String collection, String actions) {
        server.ok(
                "{'createRole': 'r', 'roles': [], 'privileges': [{'resource': {'db': 'cinema',"
                        + " 'collection': '"
                        + collection
                        + "'}, 'actions': ["
                        + actions
                        + "]}]}");
        return new RoleName("r", "cinema").toString();
    }
}
