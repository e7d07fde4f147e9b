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
