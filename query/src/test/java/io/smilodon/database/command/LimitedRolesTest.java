package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static io.smilodon.database.command.LimitedNotes.ALL;
import static io.smilodon.database.command.LimitedNotes.RULES;
import static io.smilodon.database.command.LimitedNotes.SHOWN;
import static io.smilodon.database.command.LimitedNotes.WRITTEN;
import static io.smilodon.database.command.LimitedNotes.ids;
import static io.smilodon.database.command.LimitedNotes.privilege;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.Document;
import io.smilodon.security.Action;
import io.smilodon.security.Need;
import io.smilodon.security.Permit;
import io.smilodon.security.Resource;
import io.smilodon.security.RoleName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Roles whose privileges are about some documents: how they are checked and shown. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LimitedRolesTest {

    private final LimitedNotes notes = new LimitedNotes();
    private final CommandServer server = notes.server();

    @AfterEach
    void close() {
        notes.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'readFilter': 1",
                "'readFilter': {'$nothing': 1}",
                "'readFilter': {'$text': {'$search': 'a'}}",
                "'readFilter': {'$expr': {'$eq': ['$owner', '@user']}}",
                "'readFilter': {'owner': {'$regex': '@user'}}",
                "'projectResponse': {}",
                "'projectResponse': {'a': 1, 'b': 0}",
                "'projectResponse': 'a'",
                "'mergeRequest': {'_id': 1}",
                "'mergeRequest': {'$set': 1}",
                "'mergeRequest': {'a.b': 1}",
                "'readFilter': {}, 'more': {}",
            })
    void rules_are_checked_when_a_role_is_saved(String rules) {
        Document refused =
                server.run(
                        "{'createRole': 'bad', 'roles': [], 'privileges': ["
                                + privilege("'find'", rules)
                                + "]}");
        assertEquals("0.0", Json.text(refused.get("ok")), Json.text(refused));
    }

    /** Who dumps a role and restores it gets round what is checked when one is saved. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'readfilter': {'owner': '@user'}",
                "'readFilter': 'all'",
                "'readFilter': {'$nothing': 1}",
                "'readFilter': {'$text': {'$search': 'red'}}",
                "'readFilter': {'owner': {'$regex': '@user'}}",
                "'readFilter': {}, 'projectResponse': {'owner': 0}",
                "'readFilter': {}, 'more': 1",
            })
    void who_has_a_role_that_came_with_broken_rules_is_refused(String rules) {
        server.admin(
                "{'insert': 'dumped', 'documents': [{'_id': 'cinema.r', 'role': 'r', 'db':"
                        + " 'cinema', 'roles': [], 'privileges': ["
                        + privilege(ALL + ", 'collStats'", rules)
                        + "]}]}");
        server.adminOk(
                "{'_mergeAuthzCollections': 1, 'tempRolesCollection': 'admin.dumped', 'drop':"
                        + " false, 'db': ''}");
        LoggedIn any = LoggedIn.create(server, ".*", "r@cinema");
        assertTrue(any.isDenied("{'find': 'notes'}"));
        assertTrue(any.isDenied("{'aggregate': 'notes', 'cursor': {}, 'pipeline': []}"));
        assertTrue(any.isDenied(LimitedNotes.pipeline("notes", "{'$collStats': {'count': {}}}")));
        for (String write :
                List.of(
                        "{'insert': 'notes', 'documents': [{'_id': 9}]}",
                        "{'update': 'notes', 'updates': [{'q': {'_id': 1}, 'u': {'x': 1}}]}",
                        "{'delete': 'notes', 'deletes': [{'q': {}, 'limit': 0}]}")) {
            String told = Json.text(any.run(write));
            assertTrue(told.contains("'code':13") && told.contains("arenotunderstood"), told);
        }
        assertEquals("{'n':4}", server.text("{'count': 'notes'}"));
        server.ok(
                "{'grantPrivilegesToRole': 'r', 'privileges': ["
                        + privilege("'find'", RULES)
                        + "]}");
        assertTrue(any.isDenied("{'find': 'notes'}"));
    }

    /** What the documents were then may be seen by who may see such documents now. */
    @Test
    void the_rules_of_now_count_for_documents_of_then() {
        LoggedIn ann = notes.user(privilege("'find'", RULES));
        Document then = server.ok("{'find': 'notes', 'readConcern': {'level': 'snapshot'}}");
        String time = Json.text(CommandServer.part(then, "cursor").get("atClusterTime"));
        String read =
                "{'find': 'notes', 'readConcern': {'level': 'snapshot', 'atClusterTime': "
                        + time
                        + "}}";
        server.ok(
                "{'update': 'notes', 'updates': [{'q': {'_id': 1}, 'u': {'$set': {'owner':"
                        + " 'bob'}}}, {'q': {'_id': 2}, 'u': {'$set': {'owner': 'ann'}}}]}");
        assertEquals("2 3", ids(ann.ok("{'find': 'notes'}")));
        assertEquals("1 3", ids(ann.ok(read)));
        server.ok(
                "{'updateRole': 'r', 'privileges': ["
                        + privilege("'find'", "'readFilter': {'sum': 6}")
                        + "]}");
        assertEquals("2", ids(ann.ok(read)));
        server.ok("{'updateRole': 'r', 'privileges': []}");
        assertTrue(ann.isDenied(read));
    }

    /** A role that is another while a write goes on makes it find no more than before. */
    @Test
    void what_a_write_finds_is_settled_when_it_is_allowed() {
        LoggedIn ann = notes.user(privilege("'find'", RULES), privilege("'update'", ""));
        List<Need> needs =
                Commands.authorize(
                        server.context("cinema").withCaller(ann.caller()),
                        Json.doc("{'update': 'notes', 'updates': []}"));
        server.ok("{'updateRole': 'r', 'privileges': [" + privilege("'update'", "") + "]}");
        Permit permit = new Permit(ann.caller(), needs);
        Resource notes = Resource.collection("cinema", "notes");
        assertEquals(1, permit.limits(Action.FIND, notes).size());
    }

    @Test
    void rules_are_about_documents_of_one_collection() {
        for (String privilege :
                List.of(
                        privilege("'find', 'update'", SHOWN),
                        privilege("'find', 'collStats'", RULES),
                        "{'resource': {'db': 'cinema', 'collection': ''}, 'actions': ['find'], "
                                + RULES
                                + "}")) {
            assertCode(
                    2,
                    server.run(
                            "{'createRole': 'bad', 'roles': [], 'privileges': ["
                                    + privilege
                                    + "]}"));
        }
    }

    @Test
    void a_role_shows_its_rules_and_loses_them_with_the_privilege() {
        notes.role("r", privilege("'find'", RULES));
        notes.role("s");
        server.ok(
                "{'grantPrivilegesToRole': 's', 'privileges': [" + privilege(ALL, WRITTEN) + "]}");
        for (Map.Entry<String, String> shown : Map.of("r", RULES, "s", WRITTEN).entrySet()) {
            String told =
                    server.text("{'rolesInfo': '" + shown.getKey() + "', 'showPrivileges': true}");
            assertTrue(told.contains(shown.getValue().replace(" ", "")), told);
        }
        LoggedIn ann = LoggedIn.create(server, "ann", "s@cinema");
        ann.ok("{'find': 'notes'}");
        server.ok("{'revokePrivilegesFromRole': 's', 'privileges': [" + privilege(ALL, "") + "]}");
        ann.ok("{'find': 'notes'}");
        server.ok(
                "{'revokePrivilegesFromRole': 's', 'privileges': ["
                        + privilege(ALL, WRITTEN)
                        + "]}");
        assertTrue(ann.isDenied("{'find': 'notes'}"));
        server.smilodon().users().grant(ann.name(), List.of(new RoleName("r", "cinema")));
        assertEquals("1 3", ids(ann.ok("{'find': 'notes'}")));
    }
}
