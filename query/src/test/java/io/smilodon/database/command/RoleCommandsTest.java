package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.security.RoleName;
import io.smilodon.security.UserName;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoleCommandsTest {

    private static final String FILMS = "{'resource': {'db': 'cinema', 'collection': 'films'}, %s}";

    private final CommandServer server = new CommandServer();

    @AfterEach
    void close() {
        server.close();
    }

    private void create(String name, String privileges, String roles) {
        server.ok(command(name, privileges, roles));
    }

    private static String command(String name, String privileges, String roles) {
        return "{'createRole': '%s', 'privileges': [%s], 'roles': [%s]}"
                .formatted(name, privileges, roles);
    }

    private static String onFilms(String actions) {
        return FILMS.formatted("'actions': [" + actions + "]");
    }

    private String told(String command) {
        ArrayValue roles = (ArrayValue) server.ok(command).get("roles");
        assertEquals(1, roles.size());
        return Json.text(roles.get(0));
    }

    @Test
    void a_role_is_stored_and_told_of_as_mongodb_does() {
        create("watch", onFilms("'find', 'insert'"), "'read'");

        assertEquals(
                "[{'_id':'cinema.watch','role':'watch','db':'cinema','privileges':[{'resource':"
                        + "{'db':'cinema','collection':'films'},'actions':['find','insert']}],"
                        + "'roles':[{'role':'read','db':'cinema'}]}]",
                Json.text(
                        CommandServer.part(server.adminOk("{'find': 'system.roles'}"), "cursor")
                                .get("firstBatch")));
        String plain =
                "{'_id':'cinema.watch','role':'watch','db':'cinema','roles':[{'role':'read',"
                        + "'db':'cinema'}],'isBuiltin':false,'inheritedRoles':[{'role':'read',"
                        + "'db':'cinema'}]}";
        assertEquals(plain, told("{'rolesInfo': 1}"));
        assertEquals(plain, told("{'rolesInfo': 'watch'}"));
        assertEquals(plain, told("{'rolesInfo': {'role': 'watch', 'db': 'cinema'}}"));
        assertEquals(plain, told("{'rolesInfo': ['watch', 'none']}"));
        assertEquals("{'roles':[]}", server.text("{'rolesInfo': 'none'}"));
        server.fails(51002, command("watch", "", ""));
    }

    @Test
    void built_in_roles_are_told_of_too() {
        assertEquals(
                "{'role':'read','db':'cinema','isBuiltin':true,'roles':[],'inheritedRoles':[]}",
                told("{'rolesInfo': 'read'}"));
        assertEquals("{'roles':[]}", server.text("{'rolesInfo': 1}"));
        assertEquals("{'roles':[]}", server.text("{'rolesInfo': 'root'}"));
        assertEquals(6, builtin(server.ok("{'rolesInfo': 1, 'showBuiltinRoles': true}")));
        assertEquals(19, builtin(server.adminOk("{'rolesInfo': 1, 'showBuiltinRoles': true}")));
        assertTrue(
                told("{'rolesInfo': 'readWrite', 'showPrivileges': true}")
                        .contains("'renameCollectionSameDB'"));
    }

    private static int builtin(Document answer) {
        return ((ArrayValue) answer.get("roles")).size();
    }

    @Test
    void privileges_are_inherited() {
        create("low", onFilms("'find'"), "");
        create("mid", onFilms("'insert'"), "'low'");
        create("top", onFilms("'remove'"), "'mid'");

        String told = told("{'rolesInfo': 'top', 'showPrivileges': true}");
        assertTrue(
                told.contains(
                        "'inheritedPrivileges':[{'resource':{'db':'cinema','collection':'films'},"
                                + "'actions':['find','insert','remove']}]"));
        assertTrue(
                told.contains(
                        "'inheritedRoles':[{'role':'mid','db':'cinema'},"
                                + "{'role':'low','db':'cinema'}]"));
        assertEquals(
                "{'userFragment':{'roles':[{'role':'low','db':'cinema'}],'inheritedRoles':"
                        + "[{'role':'low','db':'cinema'}],'inheritedPrivileges':[{'resource':"
                        + "{'db':'cinema','collection':'films'},'actions':['find']}]}}",
                server.text("{'rolesInfo': 'low', 'showPrivileges': 'asUserFragment'}"));
        server.fails(20, "{'rolesInfo': 1, 'showPrivileges': 'asUserFragment'}");
        LoggedIn user = LoggedIn.create(server, "ann", "top@cinema");
        user.ok("{'find': 'films'}");
        user.ok("{'insert': 'films', 'documents': [{}]}");
        user.ok("{'delete': 'films', 'deletes': [{'q': {}, 'limit': 1}]}");
        assertTrue(user.isDenied("{'find': 'others'}"));
    }

    @Test
    void privileges_are_granted_and_revoked() {
        create("watch", "", "");
        LoggedIn user = LoggedIn.create(server, "ann", "watch@cinema");
        assertTrue(user.isDenied("{'find': 'films'}"));
        server.ok(
                "{'grantPrivilegesToRole': 'watch', 'privileges': ["
                        + onFilms("'find', 'insert'")
                        + "]}");
        user.ok("{'find': 'films'}");
        server.ok(
                "{'revokePrivilegesFromRole': 'watch', 'privileges': [" + onFilms("'find'") + "]}");
        assertTrue(user.isDenied("{'find': 'films'}"));
        user.ok("{'insert': 'films', 'documents': [{}]}");
        server.ok(
                "{'revokePrivilegesFromRole': 'watch', 'privileges': ["
                        + onFilms("'insert'")
                        + "]}");
        assertTrue(
                told("{'rolesInfo': 'watch', 'showPrivileges': true}").contains("'privileges':[]"));
        server.ok("{'updateRole': 'watch', 'privileges': [" + onFilms("'find'") + "]}");
        user.ok("{'find': 'films'}");
    }

    @Test
    void roles_do_not_go_round_in_circles() {
        create("a", "", "");
        create("b", "", "'a'");
        create("c", "", "'b'");
        server.fails(49, "{'grantRolesToRole': 'a', 'roles': ['c']}");
        server.fails(49, "{'updateRole': 'a', 'roles': ['b']}");
        server.fails(49, "{'grantRolesToRole': 'a', 'roles': ['a']}");
        server.ok("{'revokeRolesFromRole': 'b', 'roles': ['a']}");
        server.ok("{'grantRolesToRole': 'a', 'roles': ['c']}");
        server.fails(49, "{'grantRolesToRole': 'b', 'roles': ['a']}");
    }

    @Test
    void a_dropped_role_is_taken_from_all_who_have_it() {
        create("low", onFilms("'find'"), "");
        create("top", "", "'low', 'read'");
        LoggedIn user = LoggedIn.create(server, "ann", "low@cinema", "dbAdmin@cinema");
        user.ok("{'find': 'films'}");
        server.ok("{'dropRole': 'low'}");

        assertTrue(user.isDenied("{'find': 'films'}"));
        assertTrue(
                told("{'rolesInfo': 'top'}").contains("'roles':[{'role':'read','db':'cinema'}]"));
        server.fails(31, "{'dropRole': 'low'}");
        create("low", onFilms("'find'"), "");
        assertTrue(user.isDenied("{'find': 'films'}"), "another role of that name");
        assertEquals("{'n':2}", server.text("{'dropAllRolesFromDatabase': 1}"));
        assertEquals("{'roles':[]}", server.text("{'rolesInfo': 1}"));
        assertFalse(user.isDenied("{'validate': 'films'}"), "built-in roles stay");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2 | {'createRole': '', 'privileges': [], 'roles': []}",
                "2 | {'createRole': 'read', 'privileges': [], 'roles': []}",
                "40414 | {'createRole': 'a', 'roles': []}",
                "40414 | {'createRole': 'a', 'privileges': []}",
                "31 | {'createRole': 'a', 'privileges': [], 'roles': ['none']}",
                "49 | {'createRole': 'a', 'privileges': [], 'roles': [{'role': 'read', 'db':"
                        + " 'other'}]}",
                "49 | {'createRole': 'a', 'roles': [], 'privileges': [{'resource': {'db': 'other',"
                        + " 'collection': ''}, 'actions': ['find']}]}",
                "49 | {'createRole': 'a', 'roles': [], 'privileges': [{'resource': {'cluster':"
                        + " true}, 'actions': ['inprog']}]}",
                "49 | {'createRole': 'a', 'roles': [], 'privileges': [{'resource': {'anyResource':"
                        + " true}, 'actions': ['find']}]}",
                "9 | {'createRole': 'a', 'roles': [], 'privileges': [{'resource': {'db': 'cinema',"
                        + " 'collection': ''}, 'actions': ['fnid']}]}",
                "9 | {'createRole': 'a', 'roles': [], 'privileges': [{'resource': {},"
                        + " 'actions': []}]}",
                "9 | {'createRole': 'a', 'roles': [], 'privileges': [{'actions': []}]}",
                "2 | {'updateRole': 'read', 'roles': []}",
                "2 | {'updateRole': 'a'}",
                "31 | {'updateRole': 'a', 'roles': []}",
                "2 | {'dropRole': 'read'}",
                "2 | {'grantRolesToRole': 'read', 'roles': ['dbAdmin']}",
                "2 | {'grantRolesToRole': 'a', 'roles': []}",
                "31 | {'grantRolesToRole': 'a', 'roles': ['read']}",
                "2 | {'grantPrivilegesToRole': 'a', 'privileges': []}",
                "31 | {'revokeRolesFromRole': 'a', 'roles': ['read']}",
                "2 | {'rolesInfo': {'forAllDBs': true}}"
            })
    void mistakes_have_mongodbs_codes(int code, String command) {
        server.fails(code, command);
        assertEquals("{'roles':[]}", server.text("{'rolesInfo': 1}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Not authorized to create users on db: cinema | {'createUser': 'b', 'pwd': 'p',"
                        + " 'roles': []}",
                "Not authorized to create roles on db: cinema | {'createRole': 'b',"
                        + " 'privileges': [], 'roles': []}",
                "Not authorized to grant role: read@cinema | {'grantRolesToUser': 'b', 'roles':"
                        + " ['read']}",
                "Not authorized to revoke role: read@cinema | {'revokeRolesFromRole': 'b',"
                        + " 'roles': ['read']}",
                "Not authorized to change password of user: b@cinema | {'updateUser': 'b', 'pwd':"
                        + " 'p'}",
                "Not authorized to drop users from the cinema database | {'dropUser': 'b'}",
                "Not authorized to view users from the cinema database | {'usersInfo': 'b'}",
                "Not authorized to view users from all databases | {'usersInfo': {'forAllDBs':"
                        + " true}}",
                "Not authorized to view roles from the cinema database | {'rolesInfo': 1}",
                "updateRole command required the ability to revoke any role in the system |"
                        + " {'updateRole': 'b', 'roles': []}"
            })
    void refusals_are_told_in_mongodbs_words(String text, String command) {
        LoggedIn reader = LoggedIn.create(server, "ann", "read@cinema");
        assertEquals(Value.of(text), reader.run(command).get("errmsg"));
    }

    @Test
    void own_data_is_changed_by_who_may() {
        create("self", "", "");
        server.smilodon()
                .users()
                .create(
                        new UserName("ann", "cinema"),
                        Document.EMPTY,
                        List.of(new RoleName("self", "cinema")));
        LoggedIn ann = LoggedIn.of(server.smilodon(), new UserName("ann", "cinema"));
        String change = "{'updateUser': 'ann', 'customData': {'a': 1}}";
        assertTrue(ann.isDenied(change));
        server.ok(
                "{'grantPrivilegesToRole': 'self', 'privileges': [{'resource': {'db': 'cinema',"
                        + " 'collection': ''}, 'actions': ['changeOwnCustomData']}]}");
        ann.ok(change);
        assertTrue(ann.isDenied("{'updateUser': 'ann', 'pwd': 'p'}"));
        assertTrue(ann.isDenied("{'updateUser': 'bob', 'customData': {}}"));
        ann.ok("{'usersInfo': 'ann'}");
        ann.ok("{'rolesInfo': 'self'}");
        assertTrue(ann.isDenied("{'rolesInfo': 'read'}"));
    }

    /** Who may grant roles of one database cannot make himself master of others. */
    @Test
    void one_grants_what_one_may_grant() {
        LoggedIn admin = LoggedIn.create(server, "ann", "userAdmin@cinema");
        create("a", "", "");
        for (String command :
                new String[] {
                    "{'grantRolesToUser': 'ann', 'roles': [{'role': 'root', 'db': 'admin'}]}",
                    "{'grantRolesToUser': 'ann', 'roles': [{'role': 'read', 'db': 'other'}]}",
                    "{'createRole': 'b', 'privileges': [], 'roles': [{'role': 'root', 'db':"
                            + " 'admin'}]}",
                    "{'createRole': 'b', 'roles': [], 'privileges': [{'resource': {'anyResource':"
                            + " true}, 'actions': ['anyAction']}]}",
                    "{'grantPrivilegesToRole': 'a', 'privileges': [{'resource': {'db': '',"
                            + " 'collection': ''}, 'actions': ['find']}]}",
                    "{'createUser': 'b', 'pwd': 'p', 'roles': [{'role': 'root', 'db': 'admin'}]}",
                    "{'updateUser': 'ann', 'roles': ['read']}"
                }) {
            assertTrue(admin.isDenied(command), command);
        }
        assertTrue(admin.isDenied("admin", "{'grantRolesToUser': 'ann', 'roles': ['root']}"));
    }
}
