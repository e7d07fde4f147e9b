package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static io.smilodon.database.command.LimitedNotes.ALL;
import static io.smilodon.database.command.LimitedNotes.SHOWN;
import static io.smilodon.database.command.LimitedNotes.WRITTEN;
import static io.smilodon.database.command.LimitedNotes.ids;
import static io.smilodon.database.command.LimitedNotes.privilege;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user writes whose privileges are about some documents only. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LimitedWritesTest {

    private final LimitedNotes notes = new LimitedNotes();
    private final CommandServer server = notes.server();

    @AfterEach
    void close() {
        notes.close();
    }

    @Test
    void what_is_inserted_gets_fields_and_matches_the_filter() {
        LoggedIn ann = notes.user(privilege(ALL, WRITTEN));
        Document answer =
                ann.ok(
                        "{'insert': 'notes', 'ordered': false, 'documents': [{'_id': 5, 'owner':"
                                + " 'ann', 'sum': 1, 'by': 'eve'}, {'_id': 6, 'owner': "
                                + "'bob', 'sum':"
                                + " 1}, {'_id': 7, 'owner': 'ann', 'sum': 100}]}");
        String told = Json.text(answer);
        assertTrue(told.contains("'n':1"), told);
        assertEquals(2, ((ArrayValue) answer.get("writeErrors")).elements().size(), told);
        assertTrue(told.contains("'code':13"), told);
        assertTrue(notes.stored(5).contains("'by':'ann','from':'admin'"), notes.stored(5));
        assertFalse(notes.stored(6).contains("owner"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'_id': 2}", "{'_id': {'$in': [2, 4]}}", "{'owner': 'bob'}"})
    void what_may_not_be_written_is_not_found(String filter) {
        LoggedIn ann = notes.user(privilege(ALL, WRITTEN));
        String before = notes.stored(2) + notes.stored(4);
        for (String multi : List.of("false", "true")) {
            Document answer =
                    ann.ok(
                            "{'update': 'notes', 'updates': [{'q': "
                                    + filter
                                    + ", 'u': {'$set': {'t': 1}}, 'multi': "
                                    + multi
                                    + "}]}");
            assertEquals("0", Json.text(answer.get("n")));
        }
        Document replaced =
                ann.ok("{'update': 'notes', 'updates': [{'q': " + filter + ", 'u': {'x': 1}}]}");
        assertEquals("0", Json.text(replaced.get("n")));
        for (int limit : new int[] {0, 1}) {
            Document answer =
                    ann.ok(
                            "{'delete': 'notes', 'deletes': [{'q': "
                                    + filter
                                    + ", 'limit': "
                                    + limit
                                    + "}]}");
            assertEquals("0", Json.text(answer.get("n")));
        }
        Document removed =
                ann.ok("{'findAndModify': 'notes', 'query': " + filter + ", 'remove': true}");
        assertEquals("null", Json.text(removed.get("value")));
        assertEquals(before, notes.stored(2) + notes.stored(4));
    }

    @Test
    void what_is_changed_gets_fields_and_matches_the_filter_afterwards() {
        server.ok("{'createIndexes': 'notes', 'indexes': [{'key': {'by': 1}, 'name': 'by_1'}]}");
        LoggedIn ann = notes.user(privilege(ALL, WRITTEN));
        ann.ok("{'update': 'notes', 'updates': [{'q': {}, 'u': {'$inc': {'sum': 1}}}]}");
        assertTrue(notes.stored(1).contains("'sum':6,'pay':10,'by':'ann'"), notes.stored(1));
        assertEquals(
                "1", ids(server.ok("{'find': 'notes', 'filter': {'by': 'ann'}, 'hint': 'by_1'}")));
        for (String change :
                List.of(
                        "{'$set': {'owner': 'bob'}}",
                        "{'owner': 'bob'}",
                        "[{'$set': {'sum': 200}}]")) {
            Document refused =
                    ann.run(
                            "{'update': 'notes', 'updates': [{'q': {'_id': 1}, 'u': "
                                    + change
                                    + "}]}");
            assertTrue(Json.text(refused).contains("'code':13"), Json.text(refused));
        }
        Document told =
                ann.ok(
                        "{'findAndModify': 'notes', 'query': {'_id': 3}, 'update': {'$set': {'sum':"
                                + " 9}}, 'new': true}");
        assertTrue(Json.text(told.get("value")).contains("'by':'ann'"), Json.text(told));
        assertCode(
                13,
                ann.run("{'findAndModify': 'notes', 'query': {'_id': 3}, 'update': {'sum': 1}}"));
        Document whole = server.ok("{'validate': 'notes'}");
        assertEquals("true", Json.text(whole.get("valid")));
    }

    @Test
    void upserts_are_insertions() {
        LoggedIn ann = notes.user(privilege(ALL, WRITTEN));
        String upsert = "{'update': 'notes', 'updates': [{'q': %s, 'u': %s, 'upsert': true}]}";
        ann.ok(upsert.formatted("{'_id': 11, 'owner': 'ann'}", "{'$set': {'sum': 1}}"));
        assertTrue(notes.stored(11).contains("'by':'ann'"), notes.stored(11));
        String refused =
                Json.text(
                        ann.run(
                                upsert.formatted(
                                        "{'_id': 12, 'owner': 'bob'}", "{'$set': {'sum': 1}}")));
        assertTrue(refused.contains("'code':13"), refused);
        String taken =
                Json.text(ann.run(upsert.formatted("{'_id': 2}", "{'owner': 'ann', 'sum': 1}")));
        assertTrue(taken.contains("'code':11000"), taken);
        assertTrue(notes.stored(2).contains("bob"));
    }

    @Test
    void searches_find_nothing_to_write() {
        server.ok(
                "{'createIndexes': 'notes', 'indexes': [{'key': {'text': 'text'}, 'name': 't'}]}");
        LoggedIn ann = notes.user(privilege(ALL, WRITTEN));
        String red = "{'$text': {'$search': 'red'}}";
        for (String write :
                List.of(
                        "{'update': 'notes', 'updates': [{'q': %s, 'u': {'$set': {'t': 1}}}]}",
                        "{'update': 'notes', 'updates': [{'q': %s, 'multi': true, 'u': {'$set':"
                                + " {'t': 1}}}]}",
                        "{'delete': 'notes', 'deletes': [{'q': %s, 'limit': 1}]}",
                        "{'delete': 'notes', 'deletes': [{'q': %s, 'limit': 0}]}",
                        "{'findAndModify': 'notes', 'query': %s, 'remove': true}")) {
            String told = Json.text(ann.run(write.formatted(red)));
            assertTrue(told.contains("'code':17313"), told);
        }
    }

    @Test
    void who_sees_parts_of_documents_neither_changes_nor_removes_them() {
        LoggedIn ann = notes.user(privilege("'find'", SHOWN), privilege("'update', 'remove'", ""));
        for (String write :
                List.of(
                        "{'update': 'notes', 'updates': [{'q': {'pay': 10}, 'u': {'$set': {}}}]}",
                        "{'update': 'notes', 'updates': [{'q': {'_id': 1}, 'u': {'$inc': "
                                + "{'t': 1}}}]}",
                        "{'delete': 'notes', 'deletes': [{'q': {'pay': 10}, 'limit': 0}]}",
                        "{'findAndModify': 'notes', 'query': {'_id': 1}, 'remove': true}")) {
            String answer = Json.text(ann.run(write));
            assertTrue(answer.contains("'code':13"), answer);
        }
        assertEquals("{'n':4}", server.text("{'count': 'notes'}"));
    }
}
