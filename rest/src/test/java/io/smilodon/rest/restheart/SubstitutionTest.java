package io.smilodon.rest.restheart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Limits;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.Collections;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where values stand in documents, and how large they may be together. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SubstitutionTest {

    private static final Location PLACE = Location.ROOT.child("filter");

    /** What a value takes in BSON beside the text of a string. */
    private static final int STRING_BYTES = 12;

    private static Document json(String json) {
        return ExtendedJson.readDocument(json.replace('\'', '"'));
    }

    private static Document fill(String template, String variables) {
        return new Substitution(new Variables(json(variables)), PLACE).of(json(template));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a': {'$var': 'x'}}                    | {'x': 1}          | {'a': 1}",
                "{'$var': 'x'}                           | {'x': {'b': 1}}   | {'b': 1}",
                "{'a': [[{'$var': 'x.y'}]]}              | {'x': {'y': 1}}   | {'a': [[1]]}",
                "{'a': {'$var': 'x.y'}}                  | {'x.y': 2}        | {'a': 2}",
                "{'a': {'$gt': {'$var': ['x', 7]}}}      | {}                | {'a': {'$gt': 7}}",
                "{'a': {'$var': ['x', 7]}}               | {'x': null}       | {'a': null}",
                "{'a': {'$var': 'x', 'b': 1}}            | {'x': 1} | {'a': {'$var': 'x', 'b': 1}}",
                "{'a': '$var'}                           | {}                | {'a': '$var'}",
            })
    void a_variable_stands_for_its_value(String template, String variables, String filled) {
        assertEquals(json(filled), fill(template, variables));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'a': {'$var': 'x'}}             | {}         | variable x not bound",
                "{'a': {'$var': 'x.y'}}           | {'x': 1}   | variable x.y not bound",
                "{'a': {'$var': 1}}               | {}  | $var is a name, or an array of a name and"
                        + " a default",
                "{'a': {'$var': ['x']}}           | {'x': 1} | $var is a name, or an array of a"
                        + " name and a default",
                "{'$var': 'x'}                    | {'x': 1} | A variable in place of a document"
                        + " has to be one",
            })
    void what_cannot_be_filled_is_told(String template, String variables, String message) {
        SmilodonException refusal =
                assertThrows(SmilodonException.class, () -> fill(template, variables));
        assertEquals(ErrorCode.BAD_VALUE, refusal.code());
        assertTrue(refusal.getMessage().startsWith(message), refusal.getMessage());
    }

    /** A value of a megabyte is put in as often as is allowed, and something small after that. */
    @Test
    void values_together_have_a_limit() {
        int megabyte = 1 << 20;
        Document variables =
                Document.builder()
                        .put("large", "x".repeat(megabyte - STRING_BYTES))
                        .put("small", 1)
                        .build();
        Value name = Document.of("$var", Value.of("large"));
        int most = Limits.DOCUMENT_BYTES_MAX / megabyte;
        Document all = Document.of("a", ArrayValue.of(Collections.nCopies(most, name)));
        Substitution substitution = new Substitution(new Variables(variables), PLACE);
        assertEquals(most, ((ArrayValue) substitution.of(all).get("a")).size());
        SmilodonException refusal =
                assertThrows(
                        SmilodonException.class,
                        () -> substitution.of(json("{'a': {'$var': 'small'}}")));
        assertEquals(ErrorCode.OBJECT_TOO_LARGE, refusal.code());
    }
}
