package io.smilodon.query.predicate.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each keyword accepts: rule 36 of the language's description. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SchemaRulesTest {

    private static boolean accepts(String schema, String document) {
        return JsonSchema.parse(ExtendedJson.readDocument(schema.replace('\'', '"')), Location.ROOT)
                .accepts(ExtendedJson.readDocument(document.replace('\'', '"')));
    }

    /** The schema of the property x, values that it accepts, values that it refuses. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{} | 1; null; 'a'; []; {} | ",
                "{'type': 'number'} | 1; 1.5; {'$numberLong': '1'}; {'$numberDecimal': '1'} | '1'; null",
                "{'type': ['string', 'null']} | 'a'; null | 1; {'$symbol': 'a'}; [null]",
                "{'type': 'boolean'} | true | 1; null",
                "{'type': 'object'} | {} | []; 'a'",
                "{'type': 'array'} | [] | {}; 1",
                "{'bsonType': 'int'} | 1 | 1.0; {'$numberLong': '1'}; [1]; '1'",
                "{'bsonType': ['long', 'date']} | {'$numberLong': '1'}; {'$date': 0} | 1; 'a'",
                "{'bsonType': 'number'} | 1; 1.5; {'$numberDecimal': 'NaN'} | 'a'",
                "{'enum': [1, 'a', {'b': 1, 'c': 2}]} | 1; 1.0; 'a'; {'c': 2, 'b': 1.0} | 2; null; [1]",
                "{'enum': [[{'b': 1, 'c': 2}, 3]]} | [{'c': 2, 'b': 1}, 3] | [3, {'c': 2, 'b': 1}]; []",
                "{'minimum': 2} | 2; 3.5; 'a'; null; [1] | 1; -1.5; {'$numberDouble': 'NaN'}",
                "{'minimum': 2, 'exclusiveMinimum': true} | 2.5; 'a' | 2; 2.0; 1",
                "{'minimum': 2, 'exclusiveMinimum': false} | 2 | 1.5",
                "{'maximum': 2} | 2; -3.5; 'a'; {'b': 3} | 3; 2.1; {'$numberDouble': 'NaN'}",
                "{'maximum': 2, 'exclusiveMaximum': true} | 1.5 | 2; {'$numberDecimal': '2.0'}",
                "{'multipleOf': 0.1} | 0.3; 5; 0; 'a' | 0.35; {'$numberDouble': 'Infinity'}",
                "{'multipleOf': {'$numberDecimal': '2.5'}} | 7.5; -5; {'$numberDecimal': '1E+3'} | 6",
                "{'minLength': 2} | 'ab'; 'äö'; 1; ['a'] | 'a'; ''; '😀'",
                "{'maxLength': 2.0} | 'ab'; '😀😀'; 123 | 'abc'",
                "{'pattern': '^a.c'} | 'abc'; 'abcd'; 1; null | 'xabc'; 'ab'",
                "{'minItems': 1} | [1]; [1, 2]; 'a'; {} | []",
                "{'maxItems': 1} | []; [1]; {'a': 1, 'b': 2} | [1, 2]",
                "{'uniqueItems': true} | [1, '1', null, [1]]; []; 'aa' | [1, 1.0]; [{'a': 1, 'b': 2}, {'b': 2, 'a': 1}]",
                "{'uniqueItems': false} | [1, 1] | ",
                "{'items': {'type': 'number'}} | []; [1, 2.5]; 'a' | [1, 'a']; [[1]]",
                "{'items': [{'type': 'number'}, {'type': 'string'}]} | []; [1]; [1, 'a', true] | ['a']; [1, 2]",
                "{'items': [{'type': 'number'}], 'additionalItems': false} | []; [1]; 'a' | [1, 2]; ['a']",
                "{'items': [{}], 'additionalItems': {'type': 'string'}} | []; [1, 'a'] | [1, 'a', 2]",
                "{'items': {}, 'additionalItems': false} | [1, 2] | ",
                "{'additionalItems': false} | [1, 2] | ",
                "{'items': [{}], 'additionalItems': true} | [1, 2] | ",
                "{'properties': {'a': {'type': 'number'}}} | {}; {'a': 1, 'b': 'c'}; 'a'; [{'a': 'x'}] | {'a': 'x'}; {'a': null}",
                "{'properties': {'a.b': {'type': 'number'}}} | {'a': {'b': 'x'}} | {'a.b': 'x'}",
                "{'patternProperties': {'^a': {'type': 'number'}}} | {'b': 'x', 'a1': 1}; 1 | {'ab': 'x'}",
                "{'properties': {'a': {}}, 'additionalProperties': false} | {}; {'a': 1}; 1 | {'a': 1, 'b': 2}",
                "{'patternProperties': {'^a': {}}, 'additionalProperties': {'type': 'string'}} | {'a1': 1, 'b': 'x'} | {'b': 1}",
                "{'additionalProperties': true} | {'b': 1} | ",
                "{'required': ['a', 'b']} | {'b': null, 'a': 1, 'c': 2}; 1; [] | {}; {'a': 1}",
                "{'minProperties': 1} | {'a': 1}; {'a': 1, 'b': 2}; 'x' | {}",
                "{'maxProperties': 1} | {}; {'a': 1}; [1, 2] | {'a': 1, 'b': 2}",
                "{'dependencies': {'a': ['b', 'c']}} | {}; {'b': 1}; {'a': 1, 'c': 2, 'b': 3}; 1 | {'a': 1, 'b': 2}",
                "{'dependencies': {'a': {'required': ['b']}}} | {}; {'a': 1, 'b': 2} | {'a': 1}",
                "{'allOf': [{'minimum': 1}, {'maximum': 3}]} | 1; 3; 'a' | 0; 4",
                "{'anyOf': [{'type': 'string'}, {'enum': [1]}]} | 1; 'a' | 2; null",
                "{'oneOf': [{'type': 'number'}, {'enum': [1, 'a']}]} | 2; 'a' | 1; 'b'",
                "{'not': {'type': 'number'}} | 'a'; null | 1",
                "{'title': 'a', 'description': 'b'} | 1 | "
            })
    void rule_036_each_keyword_is_about_values_of_its_type(
            String schema, String accepted, String refused) {
        String whole = "{'properties': {'x': " + schema + "}}";
        for (String value : accepted.split("; ")) {
            assertEquals(true, accepts(whole, "{'x': " + value + "}"), value);
        }
        for (String value : refused == null ? new String[0] : refused.split("; ")) {
            assertEquals(false, accepts(whole, "{'x': " + value + "}"), value);
        }
        assertEquals(true, accepts(whole, "{}"), "a property that is absent");
    }

    @Test
    void rule_036_null_is_present_for_required() {
        assertEquals(true, accepts("{'required': ['a']}", "{'a': null}"));
        assertEquals(false, accepts("{'required': ['a']}", "{'b': 1}"));
    }

    @Test
    void a_schema_is_about_the_document_itself() {
        assertEquals(true, accepts("{'type': 'object', 'minProperties': 1}", "{'a': 1}"));
        assertEquals(false, accepts("{'bsonType': 'string'}", "{'a': 1}"));
        assertEquals(true, accepts("{'enum': [{'a': 1, 'b': 2}]}", "{'b': 2, 'a': 1}"));
        assertEquals(true, accepts("{'minimum': 5, 'items': {'type': 'string'}}", "{'a': 1}"));
    }
}
