package io.smilodon.database.command;

import static io.smilodon.database.command.SessionCommandsTest.COUNT;
import static io.smilodon.database.command.SessionCommandsTest.FIRST;
import static io.smilodon.database.command.SessionCommandsTest.SECOND;
import static io.smilodon.database.command.SessionCommandsTest.begin;
import static io.smilodon.database.command.SessionCommandsTest.statement;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Many sessions that end at once. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SessionKillsTest {

    private final CommandServer server = new CommandServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void all_sessions_end_at_once() {
        server.ok(begin(FIRST, 1, COUNT));
        server.ok("{'killAllSessions': [{'user': 'ann', 'db': 'admin'}]}");
        server.ok("{'killAllSessions': []}");
        server.fails(251, statement(FIRST, 1, COUNT));
        server.fails(14, "{'killAllSessions': 1}");
    }

    @Test
    void sessions_end_by_patterns() {
        String kill = "{'killAllSessionsByPattern': [%s]}";
        server.ok(begin(FIRST, 1, COUNT));
        server.ok(begin(SECOND, 1, COUNT));
        server.ok(kill.formatted("{'users': [{'user': 'ann', 'db': 'admin'}]}"));
        server.ok(kill.formatted("{" + FIRST + "}"));
        server.fails(251, statement(FIRST, 1, COUNT));
        server.ok(statement(SECOND, 1, COUNT));
        server.ok(kill.formatted(""));
        server.fails(251, statement(SECOND, 1, COUNT));
        server.fails(40415, kill.formatted("{'x': 1}"));
        server.fails(14, kill.formatted("1"));
        server.fails(14, "{'killAllSessionsByPattern': 1}");
    }
}
