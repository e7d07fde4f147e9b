package io.smilodon.database.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.Json;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths into a reference, {@code {$ref, $id, $db}}: no other names begin with a dollar sign. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReferencePathsTest {

    private final CommandServer server = new CommandServer();

    @BeforeEach
    void insert() {
        server.ok(
                "{'insert': 'books', 'documents': [{'_id': 1, 'by': {'$ref': 'people', '$id': 7}},"
                        + " {'_id': 2, 'by': {'$ref': 'people', '$id': 3}}]}");
        server.ok("{'insert': 'people', 'documents': [{'_id': 3}, {'_id': 7}]}");
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String batch(String command) {
        Document cursor = (Document) server.ok(command).get("cursor");
        return Json.text(cursor.get("firstBatch"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$project': {'x': '$by.$id'}}, {'$sort': {'x': 1}}, {'$project': {'x': 0}}",
                "{'$sort': {'by.$id': 1}}, {'$project': {'_id': 1}}",
                "{'$lookup': {'from': 'people', 'localField': 'by.$id', 'foreignField': '_id',"
                        + " 'as': 'p'}}, {'$sort': {'p._id': 1}}, {'$project': {'_id': 1}}",
                "{'$group': {'_id': '$by.$id', 'b': {'$first': '$_id'}}}, {'$sort': {'_id': 1}},"
                        + " {'$project': {'_id': '$b'}}",
                "{'$match': {'$expr': {'$lt': ['$by.$id', 5]}}}, {'$project': {'_id': 1}},"
                        + " {'$unionWith': {'coll': 'books', 'pipeline': [{'$match': {'_id': 1}},"
                        + " {'$project': {'_id': 1}}]}}",
            })
    void stages_read_them(String stages) {
        String command = "{'aggregate': 'books', 'cursor': {}, 'pipeline': [%s]}";
        assertEquals("[{'_id':2},{'_id':1}]", batch(command.formatted(stages)));
    }

    @Test
    void finds_sort_and_project_by_them() {
        assertEquals(
                "[{'_id':2,'by':{'$id':3}},{'_id':1,'by':{'$id':7}}]",
                batch("{'find': 'books', 'sort': {'by.$id': 1}, 'projection': {'by.$id': 1}}"));
    }

    @Test
    void other_names_stay_refused() {
        server.fails(16410, "{'find': 'books', 'sort': {'by.$x': 1}}");
        server.fails(
                16410,
                "{'aggregate': 'books', 'cursor': {}, 'pipeline': [{'$project': {'x':"
                        + " '$by.$x'}}]}");
    }

    /** Documents that came before the validator. */
    @Test
    void validate_counts_what_no_validator_would_take() {
        server.ok("{'collMod': 'books', 'validator': {'_id': {'$gt': 1}}}");
        Document found = server.ok("{'validate': 'books'}");
        assertEquals("1", Json.text(found.get("nNonCompliantDocuments")));
        assertEquals("true", Json.text(found.get("valid")));
        assertEquals(1, ((ArrayValue) found.get("warnings")).size());
    }
}
