package io.smilodon.query.predicate.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.predicate.PredicateParser;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no schema: each error with its code, its place and its words. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SchemaErrorsTest {

    private static SmilodonException error(Document schema) {
        return assertThrows(
                SmilodonException.class,
                () -> PredicateParser.parse(Document.of("$jsonSchema", schema)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'minimun': 1} | 9 | /minimun | Unknown $jsonSchema keyword: minimun",
                "{'$ref': '#'} | 9 | /$ref | keyword '$ref' is not currently supported",
                "{'$schema': 'x'} | 9 | /$schema | is not currently supported",
                "{'default': 1} | 9 | /default | is not currently supported",
                "{'definitions': {}} | 9 | /definitions | is not currently supported",
                "{'format': 'x'} | 9 | /format | is not currently supported",
                "{'id': 'x'} | 9 | /id | is not currently supported",
                "{'type': 'integer'} | 9 | /type | type 'integer' is not currently supported",
                "{'type': 'int'} | 2 | /type | Unknown type name alias: int",
                "{'type': 1} | 14 | /type | must be either a string or an array of strings",
                "{'type': [1]} | 14 | /type | must be an array of strings",
                "{'type': []} | 9 | /type | cannot be an empty array",
                "{'type': ['null', 'null']} | 9 | /type | cannot contain duplicate values",
                "{'type': 'null', 'bsonType': 'null'} | 9 | /type | Cannot specify both",
                "{'bsonType': 'integer'} | 2 | /bsonType | Unknown type name alias: integer",
                "{'bsonType': 'missing'} | 2 | /bsonType | Unknown type name alias: missing",
                "{'bsonType': 16} | 14 | /bsonType | must be either a string or",
                "{'enum': 1} | 14 | /enum | must be an array",
                "{'enum': []} | 9 | /enum | cannot be an empty array",
                "{'enum': [1, 1.0]} | 9 | /enum | cannot contain duplicate values",
                "{'minimum': '1'} | 14 | /minimum | must be a number",
                "{'maximum': null} | 14 | /maximum | must be a number",
                "{'minimum': 1, 'exclusiveMinimum': 1} | 14 | /exclusiveMinimum | be a boolean",
                "{'exclusiveMinimum': true} | 9 | /exclusiveMinimum | 'minimum' must be a present if",
                "{'exclusiveMaximum': true} | 9 | /exclusiveMaximum | 'maximum' must be a present",
                "{'multipleOf': true} | 14 | /multipleOf | must be a number",
                "{'multipleOf': 0} | 9 | /multipleOf | must have a positive value",
                "{'multipleOf': -1.5} | 9 | /multipleOf | must have a positive value",
                "{'minLength': '1'} | 9 | /minLength | Expected a number",
                "{'maxLength': 1.5} | 9 | /maxLength | Expected an integer",
                "{'minItems': -1} | 9 | /minItems | Expected a non-negative number",
                "{'maxProperties': null} | 9 | /maxProperties | Expected a number",
                "{'pattern': 1} | 14 | /pattern | must be of type string",
                "{'pattern': '('} | 51091 | /pattern | Regular expression is invalid",
                "{'uniqueItems': 1} | 14 | /uniqueItems | must be a boolean",
                "{'items': 1} | 14 | /items | must be an array or an object",
                "{'items': [1]} | 14 | /items/0 | must hold objects only",
                "{'items': {'x': 1}} | 9 | /items/x | Unknown $jsonSchema keyword: x",
                "{'additionalItems': 1} | 14 | /additionalItems | either an object or a boolean",
                "{'properties': 1} | 14 | /properties | must be an object",
                "{'properties': {'a': 1}} | 14 | /properties/a | must hold objects only",
                "{'properties': {'a': {'b': 1}}} | 9 | /properties/a/b | Unknown",
                "{'patternProperties': {'(': {}}} | 51091 | /patternProperties | is invalid",
                "{'additionalProperties': 1} | 14 | /additionalProperties | an object or a boolean",
                "{'required': 'a'} | 14 | /required | must be an array",
                "{'required': []} | 9 | /required | cannot be an empty array",
                "{'required': [1]} | 14 | /required | must be an array of strings",
                "{'required': ['a', 'a']} | 9 | /required | cannot contain duplicate values",
                "{'dependencies': 1} | 14 | /dependencies | must be an object",
                "{'dependencies': {'a': 1}} | 14 | /dependencies/a | objects and arrays of strings",
                "{'dependencies': {'a': []}} | 9 | /dependencies | cannot be an empty array",
                "{'dependencies': {'a': {'b': 1}}} | 9 | /dependencies/a/b | Unknown",
                "{'allOf': {}} | 14 | /allOf | must be an array",
                "{'anyOf': []} | 2 | /anyOf | must be a non-empty array",
                "{'oneOf': [1]} | 14 | /oneOf/0 | must hold objects only",
                "{'not': []} | 14 | /not | must be an object",
                "{'title': 1} | 14 | /title | must be of type string",
                "{'description': {}} | 14 | /description | must be of type string"
            })
    void rule_036_code_place_and_reason(String schema, int code, String place, String text) {
        SmilodonException error = error(ExtendedJson.readDocument(schema.replace('\'', '"')));

        assertEquals(code, error.code().number());
        assertEquals("/$jsonSchema" + place, error.location().orElseThrow().pointer());
        assertTrue(error.getMessage().contains(text), error::getMessage);
    }

    @Test
    void a_schema_is_an_object() {
        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () -> PredicateParser.parse(Document.of("$jsonSchema", Value.of(1))));

        assertEquals(14, error.code().number());
        assertEquals("$jsonSchema must be an object", error.template());
    }

    @Test
    void hints_say_what_was_meant() {
        assertEquals(
                "did you mean minimum?",
                error(Document.of("minimun", Value.of(1))).hint().orElseThrow());
    }

    @Test
    void schemas_nest_a_hundred_deep_and_no_deeper() {
        assertTrue(JsonSchema.parse(nested(99), Location.ROOT).accepts(Document.EMPTY));
        assertEquals("schema is nested too deeply", error(nested(100)).template());
    }

    private static Document nested(int levels) {
        Document schema = Document.EMPTY;
        for (int i = 0; i < levels; i++) {
            schema = Document.of("allOf", ArrayValue.of(schema));
        }
        return schema;
    }

    @Test
    void a_schema_has_ten_thousand_parts_at_most() {
        assertTrue(JsonSchema.parse(requiring(9_998), Location.ROOT).accepts(Value.of(1)));
        assertEquals("schema has too many parts", error(requiring(9_999)).template());
    }

    private static Document requiring(int names) {
        return Document.of(
                "required",
                ArrayValue.of(IntStream.range(0, names).mapToObj(i -> Value.of("a" + i)).toList()));
    }
}
