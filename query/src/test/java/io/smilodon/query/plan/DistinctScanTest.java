package io.smilodon.query.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.DocumentCursor;
import io.smilodon.database.Json;
import io.smilodon.database.Smilodon;
import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * When a scan jumps from value to value. The cases of {@code $group} are those of MongoDB's
 * group_conversion_to_distinct_scan.js.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DistinctScanTest {

    private Smilodon smilodon;
    private DocumentCollection items;

    @BeforeEach
    void fill() {
        smilodon = Smilodon.inMemory();
        items = smilodon.database("d").collection("items");
        for (String index :
                List.of(
                        "{'key': {'a': 1, 'b': 1, 'c': 1}}",
                        "{'key': {'mkA': 1, 'b': 1, 'c': 1}}",
                        "{'key': {'aa': 1, 'mkB': 1, 'c': 1}}",
                        "{'key': {'foo.a': 1, 'mkFoo.b': 1}}",
                        "{'key': {'few': 1}, 'sparse': true}",
                        "{'key': {'part': 1}, 'partialFilterExpression': {'part': {'$gt': 1}}}",
                        "{'key': {'hid': 1}, 'hidden': true}",
                        "{'key': {'hash': 'hashed'}}",
                        "{'key': {'text': 1}, 'collation': {'locale': 'en', 'strength': 2}}")) {
            items.createIndex(Json.doc(index));
        }
        for (String document :
                List.of(
                        "{'_id': 0, 'a': 1, 'b': 1, 'c': 1, 'text': 'x'}",
                        "{'_id': 1, 'a': 1, 'b': 2, 'c': 2, 'text': 'X'}",
                        "{'_id': 2, 'a': 1, 'b': 3, 'c': 2, 'text': 'y'}",
                        "{'_id': 3, 'a': 2, 'b': 2, 'c': 2, 'few': null}",
                        "{'_id': 4, 'b': 1, 'c': 1, 'few': 7}",
                        "{'_id': 5, 'mkA': [3, 1], 'aa': 1, 'mkB': [1, 3]}",
                        "{'_id': 6, 'mkA': [], 'aa': 1, 'mkB': 2}",
                        "{'_id': 7, 'foo': {'a': 1}, 'mkFoo': [{'b': 1}, {'b': 2}]}")) {
            items.insertOne(Json.doc(document));
        }
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private Document explained(String command) {
        Document request = Document.of("explain", Json.doc(command));
        return Commands.run(
                CommandContext.of(smilodon, "d"),
                request.with("verbosity", Value.of("executionStats")));
    }

    /** What was carried out. */
    private static String stages(Document explained) {
        Document found = explained;
        if (explained.get("stages") instanceof ArrayValue stages) {
            found = (Document) ((Document) stages.get(0)).get("$cursor");
        }
        return Json.text(((Document) found.get("executionStats")).get("executionStages"));
    }

    private static boolean jumps(Document explained) {
        return stages(explained).contains("'stage':'DISTINCT_SCAN'");
    }

    /** Rows: whether it jumps, the stages before the group, its {@code _id} and accumulator. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    true | '$sort': {'a': 1} | $a
                    true |  | $a
                    false | '$sort': {'mkA': 1} | $mkA
                    true | '$sort': {'a': 1, 'b': 1} | $a first
                    true | '$sort': {'a': 1, 'b': 1} | $a last
                    true | '$sort': {'a': -1, 'b': -1} | $a first
                    false |  | $a first
                    false | '$sort': {'a': 1} | $a sum
                    false | '$sort': {'b': 1} | $a first
                    true | '$sort': {'aa': 1, 'mkB': 1} | $aa first
                    false | '$sort': {'aa': 1, 'mkB': 1} | $aa last
                    false | '$match': {'mkB': {'$gt': 0}}; '$sort': {'aa': 1, 'mkB': 1} | $aa first
                    true | '$match': {'aa': {'$ne': 9}}; '$sort': {'aa': 1, 'mkB': 1} | $aa first
                    true | '$sort': {'foo.a': 1, 'mkFoo.b': 1} | $foo.a first
                    false |  | $mkFoo.b
                    true | '$match': {'a': 1}; '$sort': {'b': 1} | $b
                    true | '$match': {'a': 1} | $b
                    false | '$sort': {'a': 1, 'b': 1} | $b
                    false | '$match': {'a': {'$gt': 0}}; '$sort': {'b': 1} | $b
                    false |  | $few
                    false |  | $part
                    true | '$match': {'part': {'$gt': 1}} | $part
                    false |  | $hid
                    false |  | $hash
                    false |  | $text
                    """)
    void a_group_jumps_where_one_entry_tells_all_of_it(boolean jumps, String before, String group) {
        StringBuilder stages = new StringBuilder();
        for (String stage : before == null ? new String[0] : before.split("; ")) {
            stages.append('{').append(stage).append("}, ");
        }
        String[] words = group.split(" ");
        String field = words.length == 1 ? "" : ", 'x': {'$%s': '$b'}".formatted(words[1]);
        String command =
                "{'aggregate': 'items', 'cursor': {}, 'pipeline': [%s{'$group': {'_id': '%s'%s}}]}"
                        .formatted(stages, words[0], field);

        Document explained = explained(command);

        assertEquals(jumps, jumps(explained), () -> Json.text(explained));
        assertTrue(!jumps || !stages(explained).contains("'stage':'SORT'"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    true | 'key': 'a' | [1,2]
                    true | 'key': 'a', 'query': {'a': {'$gt': 1}} | [2]
                    true | 'key': 'b', 'query': {'a': 1} | [1,2,3]
                    false | 'key': 'b' | [1,2,3]
                    false | 'key': 'a', 'query': {'b': 1} | [1]
                    false | 'key': 'a', 'query': {'_id': 0} | [1]
                    true | 'key': 'mkA' | [1,3]
                    false | 'key': 'mkA', 'query': {'mkA': {'$gt': 2}} | [1,3]
                    true | 'key': 'few' | [null,7]
                    false | 'key': 'part' | []
                    false | 'key': 'hid' | []
                    false | 'key': 'hash' | []
                    false | 'key': 'text' | ['X','x','y']
                    true | 'key': 'text', 'collation': {'locale': 'en', 'strength': 2} | ['x','y']
                    true | 'key': 'a', 'hint': 'a_1_b_1_c_1' | [1,2]
                    false | 'key': 'a', 'hint': {'$natural': 1} | [1,2]
                    false | 'key': 'a', 'hint': '_id_' | [1,2]
                    """)
    void distinct_jumps_where_each_value_has_an_entry(boolean jumps, String options, String found) {
        String command = "{'distinct': 'items', %s}".formatted(options);

        Document explained = explained(command);

        assertEquals(jumps, jumps(explained), () -> Json.text(explained));
        Document answer = Commands.run(CommandContext.of(smilodon, "d"), Json.doc(command));
        assertEquals(found, Json.text(answer.get("values")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$group': {'_id': {'a': '$a'}}}",
                "{'$sort': {'a': 1, 'b': 1}}, {'$limit': 3}, {'$group': {'_id': '$a'}}",
                "{'$sort': {'a': 1, 'b': 1}}, {'$group': {'_id': '$a', 'x': {'$first': '$b'},"
                        + " 'y': {'$last': '$b'}}}"
            })
    void a_group_that_needs_more_documents_does_not_jump(String pipeline) {
        String command =
                "{'aggregate': 'items', 'cursor': {}, 'pipeline': [%s]}".formatted(pipeline);

        assertFalse(jumps(explained(command)));
    }

    @Test
    void a_few_values_take_a_few_entries() {
        List<Document> documents = new ArrayList<>();
        for (int id = 100; id < 3_100; id++) {
            documents.add(Json.doc("{'_id': %d, 'a': %d}".formatted(id, id % 5)));
        }
        items.insertMany(documents, true);

        String distinct = "{'distinct': 'items', 'key': 'a', 'query': {'a': {'$gte': 0}}}";
        Document stats = (Document) explained(distinct).get("executionStats");

        assertEquals(5, number(stats.get("nReturned")));
        assertTrue(number(stats.get("totalKeysExamined")) <= 6, () -> Json.text(stats));
        assertEquals(0, number(stats.get("totalDocsExamined")));
        List<Document> pipeline =
                List.of(
                        Json.doc("{'$sort': {'a': -1, 'b': 1}}"),
                        Json.doc("{'$group': {'_id': '$a'}}"));
        try (DocumentCursor groups = items.aggregate(pipeline)) {
            List<Document> found = new ArrayList<>();
            groups.forEachRemaining(found::add);
            assertEquals(6, found.size());
        }
    }

    private static long number(Value value) {
        return ((NumberValue) value).toLong();
    }
}
