package io.smilodon.database.command;

import static io.smilodon.database.command.CommandServer.part;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused of query settings; nothing is settled then. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QuerySettingsMistakesTest {

    private final CommandServer server = new CommandServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    7746402 | {'notAValid': 'query'} | {'reject': true}
                    7746402 | {'count': 'c', '$db': 'x'} | {'reject': true}
                    7746402 | {} | {'reject': true}
                    40414 | {'find': 'c'} | {'reject': true}
                    40415 | {'find': 'c', 'fliter': {}, '$db': 'x'} | {'reject': true}
                    2 | {'find': 'c', 'filter': {'$x': 1}, '$db': 'x'} | {'reject': true}
                    73 | {'find': '', '$db': 'x'} | {'reject': true}
                    7746606 | {'find': 'c', 'filter': {'_id': 1}, '$db': 'x'} | {'reject': true}
                    8584900 | {'find': 'c', '$db': 'admin'} | {'reject': true}
                    8584900 | {'find': 'clusterParameters', '$db': 'config'} | {'reject': true}
                    8584901 | {'find': 'system.x', '$db': 'x'} | {'reject': true}
                    8705200 | {'aggregate': 'c', 'pipeline': [{'$indexStats': {}}], '$db': 'x'} | \
                    {'reject': true}
                    14 | 5 | {'reject': true}
                    9 | 'x' | {'reject': true}
                    16 | 'ABC' | {'reject': true}
                    8727502 | FIND | {}
                    7746604 | FIND | {'comment': 'a'}
                    7746604 | FIND | {'reject': false}
                    40415 | FIND | {'notAValid': 1}
                    2 | FIND | {'queryFramework': 'other'}
                    14 | FIND | {'reject': 1}
                    9 | FIND | {'indexHints': 1}
                    40414 | FIND | {'indexHints': {'allowedIndexes': ['a']}}
                    8727501 | FIND | {'indexHints': {'ns': {'db': 'x'}, 'allowedIndexes': ['a']}}
                    8727500 | FIND | {'indexHints': {'ns': {'coll': 'x'}, 'allowedIndexes': ['a']}}
                    7746604 | FIND | {'indexHints': HINT[]}}
                    7746608 | FIND | {'indexHints': [HINT['a']}, HINT['b']}]}
                    9646000 | FIND | {'indexHints': HINT[{}]}}
                    9646001 | FIND | {'indexHints': HINT[{'a': 1, 'b': 'some-string'}]}}
                    9646001 | FIND | {'indexHints': HINT[{'b': 2, '$natural': 1}]}}
                    9 | FIND | {'indexHints': HINT[{'$natural': 5}]}}
                    9 | FIND | {'indexHints': HINT[5]}}
                    """)
    void mistakes_have_the_codes_of_mongodb(int code, String query, String settings) {
        String asked = query.replace("FIND", "{'find': 'c', '$db': 'x'}");
        String hint = "{'ns': {'db': 'x', 'coll': 'c'}, 'allowedIndexes': ";
        server.adminFails(
                code,
                "{'setQuerySettings': %s, 'settings': %s}"
                        .formatted(asked, settings.replace("HINT", hint)));
        Document told =
                server.adminOk(
                        "{'aggregate': 1, 'cursor': {}, 'pipeline': [{'$querySettings': {}}]}");
        assertEquals(ArrayValue.EMPTY, part(told, "cursor").get("firstBatch"));
    }

    @Test
    void settings_are_the_servers() {
        server.fails(
                13,
                "{'setQuerySettings': {'find': 'c', '$db': 'x'}, 'settings': {'reject': true}}");
        server.fails(13, "{'removeQuerySettings': {'find': 'c', '$db': 'x'}}");
        server.adminFails(7746402, "{'removeQuerySettings': {'notAValid': 'query'}}");
    }
}
