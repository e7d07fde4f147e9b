package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.SessionCommandsTest.FIRST;
import static io.smilodon.database.command.SessionCommandsTest.begin;
import static io.smilodon.database.command.SessionCommandsTest.statement;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Json;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.value.Document;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes under a number of a session that has been used, for another command or by parts. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NumberedWritesTest {

    private static final String FIND = "'findAndModify': 'a', 'query': {'_id': 1}, ";
    private static final String SET = "'update': {'$set': {'x': 1}}";

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void insertTwo() {
        server.ok("{'insert': 'a', 'documents': [{'_id': 1, 'x': 0}, {'_id': 2, 'x': 0}]}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String numbered(String command) {
        return "{" + command + ", " + FIRST + ", 'txnNumber': 1}";
    }

    private long count() {
        return number(server.ok("{'count': 'a'}"), "n");
    }

    private String all() {
        Document found = server.ok("{'find': 'a', 'sort': {'_id': 1}}");
        return Json.text(CommandServer.part(found, "cursor").get("firstBatch"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // deletions
                "40606 | 'delete': 'a', 'deletes': [{'q': {'_id': 1}, 'limit': 1}] | F S",
                "40607 | 'delete': 'a', 'deletes': [{'q': {'_id': 1}, 'limit': 1}] | F 'remove': true",
                "40606 | F 'remove': true | F S",
                // insertions
                "40608 | 'insert': 'a', 'documents': [{'_id': 3}] | F S",
                "40608 | 'insert': 'a', 'documents': [{'_id': 3}] | F 'remove': true",
                "217 | 'insert': 'a', 'documents': [{'_id': 3}] | F S, 'upsert': true",
                "40608 | 'update': 'a', 'updates': [{'q': {'_id': 3}, 'u': {}, 'upsert': true}] | F S",
                "40608 | 'findAndModify': 'a', 'query': {'_id': 3}, 'update': {}, 'upsert': true | F S",
                "217 | 'findAndModify': 'a', 'query': {'_id': 3}, 'update': {}, 'upsert': true | F S, 'upsert': true, 'new': true",
                // updates
                "40611 | 'update': 'a', 'updates': [{'q': {'_id': 1}, 'u': {'x': 2}}] | F S, 'new': true",
                "40612 | 'update': 'a', 'updates': [{'q': {'_id': 1}, 'u': {'x': 2}}] | F S",
                "40612 | 'update': 'a', 'updates': [{'q': {'_id': 1}, 'u': {'x': 2}}] | F 'remove': true",
                "40611 | F S | F S, 'new': true",
                "40612 | F S, 'new': true | F S",
                // what did nothing
                "40609 | 'delete': 'a', 'deletes': [{'q': {'_id': 9}, 'limit': 1}] | F S",
                "40609 | 'update': 'a', 'updates': [{'q': {'_id': 9}, 'u': {'x': 2}}, {'q': {'_id': 1}, 'u': {'x': 2}}] | F S",
            })
    void find_and_modify_is_not_answered_by_what_another_write_left(
            int code, String first, String second) {
        server.ok(numbered(first.replace("F ", FIND).replace("S", SET)));
        String before = all();

        server.fails(code, numbered(second.replace("F ", FIND).replace("S", SET)));

        assertEquals(before, all());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'remove': true | 'remove': true, 'fields': {'x': 1}",
                "S | S",
                "S, 'new': true | S, 'new': true, 'upsert': true",
            })
    void find_and_modify_that_comes_again_is_answered_as_before(String first, String second) {
        String answer = server.text(numbered(FIND + first.replace("S", SET)));
        server.ok(
                "{'update': 'a', 'updates': [{'q': {}, 'u': {'$set': {'x': 5}}, 'multi': true}]}");
        assertEquals(answer, server.text(numbered(FIND + second.replace("S", SET))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'insert': 'a', 'documents': [{'_id': 4}] | S | 'n':1",
                "'delete': 'a', 'deletes': [{'q': {}, 'limit': 1}] | S | 'n':1",
                "'update': 'a', 'updates': [{'q': {}, 'u': {'y': 1}}] | S | 'n':1,'nModified':1",
                "'update': 'a', 'updates': [{'q': {}, 'u': {'y': 1}}] | 'update': {}, 'upsert': true | 'n':1",
            })
    void a_plain_write_is_answered_by_what_find_and_modify_left(
            String write, String first, String expected) {
        server.ok(
                numbered(
                        "'findAndModify': 'a', 'query': {'_id': %d}, ".formatted(id(first))
                                + first.replace("S", SET)));
        String before = all();

        String answer = server.text(numbered(write));

        assertTrue(answer.contains(expected), answer);
        assertEquals(before, all());
    }

    private static int id(String first) {
        return first.contains("upsert") ? 3 : 1;
    }

    @Test
    void a_plain_write_under_the_number_of_a_transaction_is_refused() {
        server.ok(begin(FIRST, 1, "'insert': 'a', 'documents': [{'_id': 3}]"));
        String write = numbered("'insert': 'a', 'documents': [{'_id': 4}]");
        server.fails(217, write);
        server.adminOk(statement(FIRST, 1, "'commitTransaction': 1"));
        server.fails(217, write);
        server.fails(217, numbered(FIND + SET));
        assertEquals(3, count());
    }

    @Test
    void also_by_a_server_that_only_knows_it_from_its_store(@TempDir Path directory) {
        String write = numbered("'insert': 'a', 'documents': [{'_id': 4}]");
        try (Smilodon first = Smilodon.open(directory)) {
            run(first, begin(FIRST, 1, "'insert': 'a', 'documents': [{'_id': 3}]"));
            Document commit = Json.doc(statement(FIRST, 1, "'commitTransaction': 1"));
            CommandServer.withoutOk(Commands.run(CommandContext.of(first, "admin"), commit));
        }
        try (Smilodon second = Smilodon.open(directory)) {
            assertCode(217, run(second, write));
            CommandServer.withoutOk(run(second, write.replace("'txnNumber': 1", "'txnNumber': 2")));
        }
    }

    private static Document run(Smilodon smilodon, String command) {
        return Commands.run(CommandContext.of(smilodon, "cinema"), Json.doc(command));
    }

    // ---- Numbers of statements

    @Test
    void statements_are_known_by_their_ids_in_whatever_company_they_come() {
        String insert = "'insert': 'a', 'documents': [%s], 'stmtIds': [%s]";
        server.ok(numbered(insert.formatted("{'_id': 11}, {'_id': 12}", "7, 8")));

        String again = server.text(numbered(insert.formatted("{'_id': 12}, {'_id': 13}", "8, 9")));

        assertTrue(again.contains("'n':2") && !again.contains("Errors"), again);
        assertEquals(5, count());
        String update = "'update': 'a', 'updates': [%s], 'stmtIds': [%s]";
        String inc = "{'q': {'_id': %d}, 'u': {'$inc': {'x': 1}}}";
        server.ok(numbered(update.formatted(inc.formatted(1), "20")));
        server.ok(numbered(update.formatted(inc.formatted(1) + "," + inc.formatted(2), "20, 21")));
        assertTrue(all().contains("{'_id':1,'x':1},{'_id':2,'x':1}"), all());
    }

    @Test
    void the_first_id_counts_for_those_that_follow() {
        String delete = "'delete': 'a', 'deletes': [%s], 'stmtId': %d";
        String one = "{'q': {'_id': {'$lt': 3}}, 'limit': 1}";
        server.ok(numbered(delete.formatted(one, 5)));
        String again = server.text(numbered(delete.formatted(one + ", " + one, 5)));
        assertTrue(again.contains("'n':2"), again);
        assertEquals(0, count());
    }

    @Test
    void find_and_modify_has_an_id_too() {
        String increment = FIND + "'update': {'$inc': {'x': 1}}, 'new': true, 'stmtId': ";
        String first = server.text(numbered(increment + 3));
        assertEquals(first, server.text(numbered(increment + 3)));
        server.ok(numbered(increment + 4));
        assertTrue(all().contains("{'_id':1,'x':2}"), all());
    }

    @Test
    void a_statement_below_0_is_not_known_again() {
        String increment = FIND + "'update': {'$inc': {'x': 1}}, 'stmtId': -1";
        server.ok(numbered(increment));
        server.ok(numbered(increment));
        String update =
                "'update': 'a', 'updates': [{'q': {'_id': 1}, 'u': {'$inc': {'x': 1}}}],"
                        + " 'stmtIds': [-1]";
        server.ok(numbered(update));
        server.ok(numbered(update));
        assertTrue(all().contains("{'_id':1,'x':4}"), all());
    }

    @Test
    void ids_say_nothing_where_writes_do_not_come_again() {
        String insert = "'insert': 'a', 'documents': [{}], 'stmtIds': [0]";
        server.ok("{" + insert + "}");
        server.ok("{" + insert + "}");
        server.ok(begin(FIRST, 1, insert));
        server.ok(statement(FIRST, 1, insert));
        server.ok(statement(FIRST, 1, "'find': 'a', 'stmtId': 1"));
        server.adminOk(statement(FIRST, 1, "'commitTransaction': 1, 'stmtId': 2"));
        assertEquals(6, count());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "16 | 'insert': 'a', 'documents': [{}, {}], 'stmtIds': [1]",
                "16 | 'update': 'a', 'updates': [{'q': {}, 'u': {}}], 'stmtIds': []",
                "72 | 'delete': 'a', 'deletes': [{'q': {}, 'limit': 1}], 'stmtIds': [1], 'stmtId': 1",
                "14 | 'insert': 'a', 'documents': [{}], 'stmtIds': ['x']",
                "14 | 'insert': 'a', 'documents': [{}], 'stmtIds': 1",
                "14 | 'insert': 'a', 'documents': [{}], 'stmtId': 'x'",
                "40415 | 'find': 'a', 'stmtIds': [1]",
                "40415 | F S, 'stmtIds': [1]",
            })
    void ids_that_are_refused(int code, String command) {
        server.fails(code, "{" + command.replace("F ", FIND).replace("S", SET) + "}");
        assertEquals(2, count());
    }

    @Test
    void bulks_over_collections_have_ids_too() {
        String bulk =
                "'bulkWrite': 1, 'nsInfo': [{'ns': 'cinema.a'}], 'stmtIds': [%s], 'ops': [%s]";
        String insert = "{'insert': 0, 'document': {'_id': %d}}";
        server.adminOk(numbered(bulk.formatted("1", insert.formatted(5))));
        Document again =
                server.adminOk(
                        numbered(
                                bulk.formatted(
                                        "1, 2", insert.formatted(5) + "," + insert.formatted(6))));
        assertEquals(0, number(again, "nErrors"), () -> Json.text(again));
        assertEquals(4, count());
    }
}
