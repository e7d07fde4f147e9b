package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.SessionCommandsTest.COUNT;
import static io.smilodon.database.command.SessionCommandsTest.FIRST;
import static io.smilodon.database.command.SessionCommandsTest.assertTransient;
import static io.smilodon.database.command.SessionCommandsTest.begin;
import static io.smilodon.database.command.SessionCommandsTest.insert;
import static io.smilodon.database.command.SessionCommandsTest.statement;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.engine.value.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes that fail in a transaction of a session. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionWritesTest {

    private final CommandServer server = new CommandServer();

    @AfterEach
    void close() {
        server.close();
    }

    private Document commit() {
        return server.admin(statement(FIRST, 1, "'commitTransaction': 1"));
    }

    private long count() {
        return number(server.ok("{" + COUNT + "}"), "n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "1 | 11000 | 'n':1 | 'insert': 'a', 'documents': [{'_id': 2}, {'_id': 1}, {'_id': 3}]",
                "1 | 11000 | 'n':1 | 'insert': 'a', 'documents': [{'_id': 2}, {'_id': 1}, {'_id': 3}], 'ordered': false",
                "0 | 53 | 'n':0 | 'insert': 'a', 'documents': [{'_id': [1]}]",
                "1 | 66 | 'nModified':1 | 'update': 'a', 'updates': [{'q': {}, 'u': {'$set': {'n': 1}}}, {'q': {}, 'u': {'$set': {'_id': 2}}}]",
                "1 | 9 | 'nModified':1 | 'update': 'a', 'updates': [{'q': {}, 'u': {'$set': {'n': 1}}}, {'q': {}, 'u': {'$nope': {'n': 2}}}]",
                "1 | 2 | 'n':1 | 'delete': 'a', 'deletes': [{'q': {}, 'limit': 1}, {'q': {'$nope': 1}, 'limit': 1}]",
            })
    void a_write_that_fails_is_told_as_such_and_ends_the_transaction(
            int index, int code, String count, String command) {
        server.ok(begin(FIRST, 1, insert(1)));

        String answer = server.text(statement(FIRST, 1, command));

        String told = "'writeErrors':[{'index':" + index + ",'code':" + code + ",";
        assertTrue(answer.contains(told) && answer.contains(count), answer);
        assertEquals(answer.indexOf("'code'"), answer.lastIndexOf("'code'"), answer);
        assertTransient(server.run(statement(FIRST, 1, insert(5))));
        assertCode(251, commit());
        assertEquals(0, count());
    }

    @Test
    void a_write_of_a_bulk_over_collections_that_fails_ends_the_transaction() {
        String bulk =
                "'bulkWrite': 1, 'nsInfo': [{'ns': 'cinema.a'}, {'ns': 'cinema.b'}], 'ops': ["
                        + "{'insert': 0, 'document': {'_id': 1}},"
                        + "{'insert': 1, 'document': {'_id': 1}},"
                        + "{'insert': 1, 'document': {'_id': 2}},"
                        + "{'insert': 1, 'document': {'_id': 2}},"
                        + "{'insert': 1, 'document': {'_id': 3}}]";

        String answer = Json.text(server.adminOk(begin(FIRST, 1, bulk)));

        assertTrue(answer.contains("'nErrors':1,'nInserted':3"), answer);
        assertTrue(answer.contains("'idx':3,'code':11000"), answer);
        assertCode(251, commit());
        assertEquals(0, count());
    }

    @Test
    void a_write_that_conflicts_fails_as_a_command() {
        server.ok("{" + insert(1) + "}");
        server.ok(begin(FIRST, 1, COUNT));
        String update = "'update': 'a', 'updates': [{'q': {}, 'u': {'$inc': {'n': 1}}}]";
        server.ok("{" + update + "}");
        Document conflict = server.run(statement(FIRST, 1, update));
        assertCode(112, conflict);
        assertTransient(conflict);
    }
}
