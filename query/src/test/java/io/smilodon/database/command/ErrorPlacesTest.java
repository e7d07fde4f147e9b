package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.Json;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where in a command its errors point to. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ErrorPlacesTest {

    private static final String WATCH = "{'$changeStream': {}}, ";

    private final CommandServer server = new CommandServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'findAndModify': 'c', 'query': {'$foo': 1}, 'remove': true | /query/$foo",
                "'findAndModify': 'c', 'remove': true, 'fields': {'a': 1, 'b': 0} | /fields/b",
                "'findAndModify': 'c', 'query': {}, 'update': {'$foo': {}} | /update/$foo",
                "'findAndModify': 'c', 'update': {'a': 1, '$b': 1} | /update/$b",
                "'distinct': 'c', 'key': 'a', 'query': {'$foo': 1} | /query/$foo",
                "'count': 'c', 'query': {'$foo': 1} | /query/$foo",
                "'find': 'c', 'filter': {'$foo': 1} | /filter/$foo",
                "'find': 'v', 'projection': {'a.$': 1} | /projection/a.$",
                "'find': 'v', 'sort': {'a': 1}, 'limit': 1, 'projection': {'a.$': 1} |"
                        + " /projection/a.$"
            })
    void errors_point_at_what_was_written(String command, String pointer) {
        server.ok("{'create': 'v', 'viewOn': 'c', 'pipeline': []}");
        assertEquals(Value.of(pointer), pointer("{" + command + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'$match': {}}, {'$sort': {'a': 1}} | /pipeline/2",
                "{'$group': {'_id': 1}} | /pipeline/1",
                "{'$match': {'$foo': 1}} | /pipeline/1/$match/$foo"
            })
    void stages_behind_a_watch_stand_where_they_were_written(String stages, String pointer) {
        String aggregate = "{'aggregate': 'c', 'cursor': {}, 'pipeline': [" + WATCH + stages + "]}";
        assertEquals(Value.of(pointer), pointer(aggregate));
    }

    private Value pointer(String command) {
        Document answer = server.run(command);
        assertEquals(Value.of(0.0), answer.get("ok"), () -> Json.text(answer));
        return answer.get("pointer");
    }
}
