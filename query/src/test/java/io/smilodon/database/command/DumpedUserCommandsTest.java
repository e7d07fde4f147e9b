package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.security.User;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What mongorestore asks for to take users and roles over. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DumpedUserCommandsTest {

    private static final String MERGE =
            "{'_mergeAuthzCollections': 1, 'tempUsersCollection': 'admin.tempusers',"
                    + " 'tempRolesCollection': 'admin.temproles', 'db': '', 'drop': %s}";

    private final CommandServer server = new CommandServer();

    @AfterEach
    void close() {
        server.close();
    }

    /** Copies what is kept, as a dump does, to where mongorestore puts it. */
    private void dump() {
        for (String kind : new String[] {"users", "roles"}) {
            Document found = server.adminOk("{'find': 'system." + kind + "'}");
            Document insert =
                    Document.builder()
                            .put("insert", "temp" + kind)
                            .put("documents", CommandServer.part(found, "cursor").get("firstBatch"))
                            .build();
            CommandServer.withoutOk(Commands.run(server.context("admin"), insert));
        }
    }

    private String users() {
        StringBuilder names = new StringBuilder();
        for (User user : server.smilodon().users().all()) {
            names.append(user.name()).append(user.roles()).append(' ');
        }
        return names.toString();
    }

    private void fill() {
        server.ok("{'createRole': 'watch', 'privileges': [], 'roles': ['read']}");
        LoggedIn.create(server, "ann", "watch@cinema");
        LoggedIn.create(server, "bob", "read@cinema");
    }

    @Test
    void what_was_dumped_comes_back() {
        fill();
        String before = users();
        Document ann = server.smilodon().users().all().get(0).stored();
        dump();
        server.adminOk("{'dropAllUsersFromDatabase': 1}");
        server.ok("{'dropAllRolesFromDatabase': 1}");
        server.adminOk(MERGE.formatted("false"));

        assertEquals(before, users());
        assertEquals(ann, server.smilodon().users().all().get(0).stored());
        assertEquals(1, ((ArrayValue) server.ok("{'rolesInfo': 1}").get("roles")).size());
    }

    @Test
    void those_that_are_here_stay_unless_they_are_to_be_replaced() {
        fill();
        dump();
        server.adminOk("{'updateUser': 'ann', 'roles': []}");
        server.adminOk("{'dropUser': 'bob'}");
        LoggedIn.create(server, "eve", "read@cinema");
        server.adminOk(MERGE.formatted("false"));
        assertEquals("ann@admin[] bob@admin[read@cinema] eve@admin[read@cinema] ", users());
        server.adminOk(MERGE.formatted("true"));
        assertEquals("ann@admin[watch@cinema] bob@admin[read@cinema] ", users());
    }

    @Test
    void only_those_of_a_database_are_taken_where_it_is_named() {
        fill();
        dump();
        server.adminOk("{'dropAllUsersFromDatabase': 1}");
        server.ok("{'dropAllRolesFromDatabase': 1}");
        server.adminOk(MERGE.formatted("false").replace("'db': ''", "'db': 'cinema'"));
        assertEquals("", users());
        assertEquals(1, ((ArrayValue) server.ok("{'rolesInfo': 1}").get("roles")).size());
    }

    /** By MongoDB 8: what Smilodon does not know stays behind, and so does what is no user. */
    @Test
    void documents_are_checked() {
        server.adminOk(
                "{'insert': 'tempusers', 'documents': [{'_id': 'x', 'user': 'ann', 'db': 'd',"
                        + " 'credentials': {}, 'roles': [], 'other': 1}]}");
        server.adminOk(MERGE.formatted("false"));
        Document ann = server.smilodon().users().all().get(0).stored();
        assertEquals("'d.ann'", Json.text(ann.get("_id")));
        assertTrue(ann.has("userId"));
        assertFalse(ann.has("other"));
        server.adminOk("{'insert': 'tempusers', 'documents': [{'user': 'bob'}]}");
        server.adminFails(2, MERGE.formatted("false"));
        server.adminFails(2, "{'_mergeAuthzCollections': 1}");
        server.fails(13, MERGE.formatted("false"));
    }

    @Test
    void a_dump_says_in_which_form_users_are() {
        LoggedIn.create(server, "ann");
        assertEquals(
                "[{'_id':'authSchema','currentVersion':5}]",
                Json.text(
                        CommandServer.part(server.adminOk("{'find': 'system.version'}"), "cursor")
                                .get("firstBatch")));
    }

    @Test
    void it_takes_the_role_restore() {
        fill();
        dump();
        LoggedIn restorer = LoggedIn.create(server, "ron", "restore@admin");
        LoggedIn writer = LoggedIn.create(server, "will", "readWriteAnyDatabase@admin");
        assertTrue(writer.isDenied("admin", MERGE.formatted("false")));
        assertFalse(restorer.isDenied("admin", MERGE.formatted("true")));
    }
}
