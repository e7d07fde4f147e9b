package io.smilodon.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.DocumentCursor;
import io.smilodon.database.Smilodon;
import io.smilodon.database.command.CommandContext;
import io.smilodon.database.command.Commands;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Dialect;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is forbidden is refused, wherever it stands. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ForbiddenOperatorsTest {

    private static final Set<String> PUSH_MODIFIERS =
            Set.of("$each", "$position", "$slice", "$sort");

    private final Smilodon smilodon = Smilodon.inMemory();

    @AfterEach
    void close() {
        smilodon.close();
    }

    private Document run(String command) {
        return Commands.run(CommandContext.of(smilodon, "d"), ExtendedJson.readDocument(command));
    }

    /** Every operator of the reference, by its example; modifiers of {@code $push} are none. */
    @TestFactory
    Stream<DynamicTest> every_operator_can_be_forbidden() {
        return Chapters.all().stream()
                .flatMap(
                        chapter ->
                                chapter.examples().stream()
                                        .filter(example -> isOperator(chapter, example.name()))
                                        .map(example -> forbidden(chapter, example)));
    }

    private static boolean isOperator(Chapter chapter, String name) {
        boolean isModifier = chapter.title().equals("Updates") && PUSH_MODIFIERS.contains(name);
        return name.matches("\\$[a-zA-Z]+") && !isModifier;
    }

    private static DynamicTest forbidden(Chapter chapter, Example example) {
        return DynamicTest.dynamicTest(
                chapter.title() + " " + example.name(),
                () -> {
                    Set<String> names = Set.of(example.name());
                    try (ExampleDatabase database = new ExampleDatabase()) {
                        database.forbid(example.name());
                        assertThrows(
                                Throwable.class,
                                () ->
                                        Dialect.PLAIN
                                                .forbidding(names)
                                                .within(() -> check(chapter, example, database)));
                    }
                });
    }

    private static Example check(Chapter chapter, Example example, ExampleDatabase database) {
        chapter.kind().check(example, database);
        return example;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "find: 'c', filter: {$or: [{a: 1}, {b: {$not: {$regex: 'x'}}}]} | /filter/$or/1/b/$not/$regex",
                "find: 'c', filter: {$expr: {$eq: [1, {$strLenCP: '$a'}]}} | /filter/$expr/$eq/1/$strLenCP",
                "find: 'c', filter: {a: {$regularExpression: {pattern: 'x', options: ''}}} | /filter/a",
                "find: 'c', filter: {a: {$in: [1, {$regularExpression: {pattern: 'x', options: ''}}]}} | /filter/a/$in",
                "find: 'c', projection: {a: {$strLenCP: '$a'}} | /projection/a/$strLenCP",
                "find: 'c', sort: {a: {$meta: 'textScore'}} | /sort/a",
                "aggregate: 'c', cursor: {}, pipeline: [{$match: {$expr: {$strLenCP: '$a'}}}] | /pipeline/0/$match/$expr/$strLenCP",
                "aggregate: 'c', cursor: {}, pipeline: [{$facet: {x: [{$match: {a: {$regex: 'x'}}}]}}] | /pipeline/0/$facet/x/0/$match/a/$regex",
                "aggregate: 'c', cursor: {}, pipeline: [{$unionWith: {coll: 'c', pipeline: [{$project: {a: {$strLenCP: '$a'}}}]}}] | /pipeline/0/$unionWith/pipeline/0/$project/a/$strLenCP",
                "aggregate: 'c', cursor: {}, pipeline: [{$lookup: {from: 'c', as: 'x', pipeline: [{$match: {a: {$regex: 'x'}}}]}}] | /pipeline/0/$lookup/pipeline/0/$match/a/$regex",
                "aggregate: 'c', cursor: {}, pipeline: [{$group: {_id: 1, x: {$push: {$strLenCP: '$a'}}}}] | /pipeline/0/$group/x/$push/$strLenCP",
                "aggregate: 'c', cursor: {}, pipeline: [{$match: {}}, {$out: 'd'}] | /pipeline/1/$out",
                "update: 'c', updates: [{q: {}, u: [{$set: {a: {$strLenCP: '$a'}}}]}] | /update/0/$set/a/$strLenCP",
                "update: 'c', updates: [{q: {}, u: {$pull: {a: {$regex: 'x'}}}}] | /update/$pull/a/element/$regex",
                "update: 'c', updates: [{q: {a: {$regex: 'x'}}, u: {$set: {a: 1}}}] | /filter/a/$regex",
                "delete: 'c', deletes: [{q: {a: {$regex: 'x'}}, limit: 0}] | /filter/a/$regex",
                "count: 'c', query: {a: {$regex: 'x'}} | /filter/a/$regex",
                "distinct: 'c', key: 'a', query: {a: {$regex: 'x'}} | /filter/a/$regex",
                "findAndModify: 'c', query: {a: {$regex: 'x'}}, remove: true | /filter/a/$regex",
                "explain: {find: 'c', filter: {a: {$regex: 'x'}}} | /filter/a/$regex",
                "create: 'v', viewOn: 'c', pipeline: [{$match: {a: {$regex: 'x'}}}] | /pipeline/0/$match/a/$regex",
                "create: 'w', validator: {a: {$regex: 'x'}} | /validator/a/$regex",
                "createIndexes: 'c', indexes: [{key: {a: 1}, name: 'a', partialFilterExpression: {a: {$regex: 'x'}}}] | partialFilterExpression/a/$regex",
                "aggregate: 'c', cursor: {}, pipeline: [{$changeStream: {}}, {$match: {a: {$regex: 'x'}}}] | /pipeline/1/$match/a/$regex",
            })
    void the_error_names_operator_and_place(String command, String place) {
        run("{\"insert\": \"c\", \"documents\": [{\"a\": \"x\"}]}");
        smilodon.operations().forbid(Set.of("$regex", "$strLenCP", "$out", "$meta"));
        String json =
                "{"
                        + command.replace('\'', '"')
                                .replaceAll("([{,] ?)([a-zA-Z$_]+):", "$1\"$2\":")
                        + "}";
        json = json.replaceAll("^\\{([a-zA-Z]+):", "{\"$1\":");
        Document answer = run(json);
        Document error =
                answer.get("writeErrors") instanceof ArrayValue errors
                        ? (Document) errors.get(0)
                        : answer;
        assertEquals(Value.of(224), error.get("code"), answer::toString);
        String message = error.get("errmsg").toString();
        assertTrue(message.contains("forbidden"), message);
        assertTrue(message.contains(place), message);
        assertEquals(Value.of(1.0), run("{\"find\": \"c\", \"filter\": {\"a\": \"x\"}}").get("ok"));
    }

    @Test
    void a_view_made_before_is_refused_and_other_definitions_go_on() {
        run(
                "{\"create\": \"v\", \"viewOn\": \"c\", \"pipeline\": [{\"$match\": {\"a\": {\"$regex\": \"x\"}}}]}");
        run("{\"create\": \"w\", \"validator\": {\"a\": {\"$regex\": \"x\"}}}");
        run(
                "{\"createIndexes\": \"c\", \"indexes\": [{\"key\": {\"a\": 1}, \"name\": \"a\","
                        + " \"partialFilterExpression\": {\"a\": {\"$gt\": 1}}}]}");
        run("{\"insert\": \"c\", \"documents\": [{\"a\": 1}]}");
        smilodon.operations().forbid(Set.of("$regex", "$gt"));
        assertEquals(Value.of(224), run("{\"find\": \"v\"}").get("code"));
        assertEquals(Value.of(224), run("{\"count\": \"v\"}").get("code"));
        assertEquals(
                Value.of(224),
                run("{\"aggregate\": \"c\", \"cursor\": {}, \"pipeline\": [{\"$lookup\": {\"from\":"
                                + " \"v\", \"as\": \"x\", \"pipeline\": []}}]}")
                        .get("code"));
        assertEquals(
                Value.of(1), run("{\"insert\": \"w\", \"documents\": [{\"a\": \"x\"}]}").get("n"));
        Document refused = run("{\"insert\": \"w\", \"documents\": [{\"a\": \"y\"}]}");
        assertTrue(refused.toString().contains("121"), refused.toString());
        assertEquals(Value.of(1), run("{\"insert\": \"c\", \"documents\": [{\"a\": 2}]}").get("n"));
    }

    @Test
    void a_plan_that_is_known_does_not_help_and_the_program_may() {
        DocumentCollection collection = smilodon.database("d").collection("c");
        collection.insertOne(ExtendedJson.readDocument("{\"a\": \"x\"}"));
        Document filter = ExtendedJson.readDocument("{\"a\": {\"$regex\": \"x\"}}");
        String find = "{\"find\": \"c\", \"filter\": {\"a\": {\"$regex\": \"x\"}}}";
        assertEquals(Value.of(1.0), run(find).get("ok"));
        assertEquals(Value.of(1.0), run(find).get("ok"));
        smilodon.operations().forbid(Set.of("$regex"));
        assertEquals(Value.of(224), run(find).get("code"));
        try (DocumentCursor found = collection.find(filter)) {
            assertTrue(found.hasNext());
        }
        smilodon.operations().forbid(Set.of());
        assertEquals(Value.of(1.0), run(find).get("ok"));
    }

    @Test
    void only_names_of_operators_can_be_forbidden() {
        smilodon.operations().forbid(Set.of("$where", "$function", "$inc", "$rank", "$bottom"));
        for (String name : List.of("$regx", "regex", "", "$")) {
            SmilodonException unknown =
                    assertThrows(
                            SmilodonException.class,
                            () -> smilodon.operations().forbid(Set.of(name)));
            assertEquals(2, unknown.code().number());
        }
    }
}
