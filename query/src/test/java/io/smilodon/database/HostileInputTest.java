package io.smilodon.database;

import static io.smilodon.database.Json.assertCode;
import static io.smilodon.database.Json.doc;
import static java.time.Duration.ofSeconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.smilodon.database.action.Actions;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests made to exhaust the stack, the memory or the time: each ends soon, with a code. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HostileInputTest {

    private static final String LONG_PATH = String.join(".", Collections.nCopies(50_000, "a"));

    private Smilodon smilodon;
    private DocumentCollection things;

    @BeforeEach
    void open() {
        smilodon = Smilodon.inMemory();
        things = smilodon.database("d").collection("things");
        things.insertOne(doc("{'_id': 1, 'a': [1], 'b': {'a': 1}}"));
        smilodon.database("d").collection("deep").insertOne(nested(100));
    }

    @AfterEach
    void close() {
        smilodon.close();
    }

    private static Document nested(int levels) {
        Document document = Document.of("leaf", Value.of(1));
        for (int i = 1; i < levels; i++) {
            document = Document.of("a", document);
        }
        return document;
    }

    private void run(Document... stages) {
        try (DocumentCursor cursor = things.aggregate(List.of(stages))) {
            cursor.forEachRemaining(document -> {});
        }
    }

    private void refuses(int code, Document... stages) {
        assertTimeoutPreemptively(ofSeconds(20), () -> assertCode(code, () -> run(stages)));
    }

    private static Document[] repeated(int times, String stage) {
        return Collections.nCopies(times, doc(stage)).toArray(Document[]::new);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$addFields': {'a': {'b': '$a'}}}",
                "{'$addFields': {'b.a.c': '$b'}}",
                "{'$project': {'a': ['$a']}}",
                "{'$replaceRoot': {'newRoot': {'a': '$$ROOT'}}}",
                "{'$group': {'_id': {'a': '$_id'}}}",
                "{'$group': {'_id': 1, 'a': {'$push': '$$ROOT'}}}",
                "{'$group': {'_id': 1, 'a': {'$first': '$$ROOT'}}}",
            })
    void stages_that_nest_end_at_the_limit(String stage) {
        run(repeated(30, stage));
        refuses(15, repeated(120, stage));
    }

    @Test
    void a_lookup_does_not_nest_documents_deeper_than_the_limit() {
        refuses(15, doc("{'$lookup': {'from': 'deep', 'as': 'found', 'pipeline': []}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$addFields': {'a': {'x': '$a', 'y': '$a'}}}",
                "{'$addFields': {'a': {'$concatArrays': ['$a', '$a']}}}",
                "{'$replaceRoot': {'newRoot': {'x': '$$ROOT', 'y': '$$ROOT'}}}",
            })
    void stages_that_double_end_at_the_limit(String stage) {
        refuses(146, repeated(60, stage));
    }

    @Test
    void groups_that_double_end_at_the_limit() {
        refuses(146, repeated(60, "{'$group': {'_id': ['$_id', '$_id']}}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$reduce': {'input': {'$range': [0, 60]}, 'initialValue': 1,"
                        + " 'in': ['$$value', '$$value']}}",
                "{'$reduce': {'input': {'$range': [0, 60]}, 'initialValue': [1],"
                        + " 'in': {'$concatArrays': ['$$value', '$$value']}}}",
                "{'$map': {'input': {'$range': [0, 1000000]}, 'in': {'$range': [0, 1000000]}}}",
                "{'$split': [{'$reduce': {'input': {'$range': [0, 23]}, 'initialValue': 'x',"
                        + " 'in': {'$concat': ['$$value', '$$value']}}}, 'x']}",
            })
    void expressions_that_grow_end_at_the_limit(String expression) {
        refuses(146, Document.of("$project", Document.of("a", doc(expression))));
    }

    @Test
    void long_paths_are_refused_where_they_would_make_documents() {
        Document path = Document.of(LONG_PATH, Value.of(1));
        refuses(15, Document.of("$project", path));
        refuses(15, Document.of("$addFields", path));
        refuses(15, Document.of("$unset", Value.of(LONG_PATH)));
        refuses(15, Document.of("$unwind", Value.of("$" + LONG_PATH)));
        Document lookup = doc("{'from': 'deep', 'localField': 'a', 'foreignField': 'a'}");
        refuses(15, Document.of("$lookup", lookup.with("as", Value.of(LONG_PATH))));
        for (String operator : List.of("$set", "$unset", "$inc", "$push", "$pull")) {
            Document body = doc("{'filter': {}}").with("update", Document.of(operator, path));
            assertCode(15, () -> Actions.run(things, "updateOne", body));
        }
        assertCode(15, () -> Actions.run(things, "find", Document.of("projection", path)));
    }

    @Test
    void long_paths_find_nothing_where_they_only_read() {
        Document path = Document.of(LONG_PATH, Value.of(1));
        assertEquals(0, things.count(path));
        Actions.run(things, "find", Document.of("sort", path));
        Actions.run(things, "distinct", Document.of("key", Value.of(LONG_PATH)));
        run(Document.of("$match", path), Document.of("$sort", path));
    }
}
