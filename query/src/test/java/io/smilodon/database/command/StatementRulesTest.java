package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.assertCode;
import static io.smilodon.database.command.CommandServer.number;
import static io.smilodon.database.command.SessionCommandsTest.COUNT;
import static io.smilodon.database.command.SessionCommandsTest.FIRST;
import static io.smilodon.database.command.SessionCommandsTest.begin;
import static io.smilodon.database.command.SessionCommandsTest.insert;
import static io.smilodon.database.command.SessionCommandsTest.statement;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.Json;
import io.smilodon.engine.value.Document;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What does not belong into a transaction of a session, and what becomes of the transaction. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StatementRulesTest {

    private final CommandServer server = new CommandServer();

    @AfterEach
    void close() {
        server.close();
    }

    private Document end(String command, String session, int transaction) {
        return server.admin(statement(session, transaction, "'" + command + "': 1"));
    }

    private long count() {
        return number(server.ok("{" + COUNT + "}"), "n");
    }

    @Test
    void what_a_statement_refuses_aborts_the_transaction() {
        server.ok("{'insert': 'b', 'documents': [{'_id': 1}]}");
        List<String> pipelines =
                List.of(
                        "{'$unionWith': 'b'}",
                        "{'$facet': {'x': [{'$unionWith': 'b'}]}}",
                        "{'$lookup': {'from': 'b', 'as': 'x', 'pipeline': [{'$unionWith': 'b'}]}}",
                        "{'$out': 'c'}",
                        "{'$indexStats': {}}");
        int number = 0;
        for (String stage : pipelines) {
            server.ok(begin(FIRST, ++number, insert(1)));
            String aggregate = "'aggregate': 'b', 'pipeline': [" + stage + "], 'cursor': {}";
            server.ok("{" + aggregate.replace("$out", "$match").replace("'c'", "{}") + "}");
            server.fails(263, statement(FIRST, number, aggregate));
            assertCode(251, end("commitTransaction", FIRST, number));
        }
        assertEquals(0, count());
    }

    @Test
    void a_view_with_a_stage_that_transactions_lack_is_refused_in_them() {
        server.ok("{'create': 'v', 'viewOn': 'b', 'pipeline': [{'$unionWith': 'b'}]}");
        server.fails(263, begin(FIRST, 1, "'aggregate': 'v', 'pipeline': [], 'cursor': {}"));
        assertCode(251, end("commitTransaction", FIRST, 1));
    }

    @Test
    void what_the_server_tells_of_itself_is_not_told_in_transactions() {
        for (String stage : List.of("$currentOp", "$queryStats", "$querySettings")) {
            String aggregate = "'aggregate': 1, 'cursor': {}, 'pipeline': [{'" + stage + "': {}}]";
            server.adminOk("{" + aggregate + "}");
            assertCode(263, server.admin(begin(FIRST, stage.length(), aggregate)));
        }
    }

    @Test
    void some_places_are_closed_to_transactions() {
        server.ok(begin(FIRST, 1, insert(1)));
        for (String database : List.of("local", "config")) {
            String find = statement(FIRST, 1, "'find': 'a'");
            assertCode(263, Commands.run(server.context(database), Json.doc(find)));
        }
        server.fails(263, statement(FIRST, 1, "'find': 'system.profile'"));
        server.fails(263, statement(FIRST, 1, "'find': 'system.views'"));
        String bulk =
                "'bulkWrite': 1, 'ops': [{'insert': 0, 'document': {}}], 'nsInfo': [{'ns': '%s'}]";
        for (String name : List.of("local.a", "config.a", "cinema.system.profile")) {
            assertCode(263, server.admin(statement(FIRST, 1, bulk.formatted(name))));
        }
        CommandServer.withoutOk(end("commitTransaction", FIRST, 1));
        server.fails(263, begin(FIRST, 2, "'killCursors': 'a', 'cursors': [5]"));
        assertCode(251, end("commitTransaction", FIRST, 2));
        assertEquals(1, count());
    }
}
