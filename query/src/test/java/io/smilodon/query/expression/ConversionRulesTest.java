package io.smilodon.query.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Rules 105 and 109 of the language: conversions, and variables. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConversionRulesTest {

    private static final DateValue NOW = new DateValue(1_700_000_000_000L);
    private static final List<String> SHORT_FORMS =
            List.of(
                    "$toBool",
                    "$toDate",
                    "$toDecimal",
                    "$toDouble",
                    "$toInt",
                    "$toLong",
                    "$toObjectId",
                    "$toString",
                    "$toUUID");

    private static Value evaluate(String json) {
        return ExpressionParser.parse(ExtendedJson.readValue(json), Location.ROOT)
                .evaluate(EvaluationContext.of(Document.EMPTY, NOW));
    }

    private static int code(String json) {
        return assertThrows(SmilodonException.class, () -> evaluate(json), json).code().number();
    }

    @Test
    void rule_105_what_cannot_be_converted_is_error_241_unless_there_is_an_on_error() {
        assertEquals(241, code("{\"$toInt\": \"x\"}"));
        assertEquals(241, code("{\"$convert\": {\"input\": \"x\", \"to\": \"int\"}}"));
        assertEquals(
                Value.of("bad"),
                evaluate(
                        "{\"$convert\": {\"input\": \"x\", \"to\": \"int\", \"onError\": \"bad\"}}"));
    }

    @Test
    void rule_105_null_and_missing_become_null_or_what_on_null_says() {
        for (String operator : SHORT_FORMS) {
            for (String nothing : List.of("null", "\"$absent\"")) {
                Value result = evaluate("{\"" + operator + "\": " + nothing + "}");
                assertEquals(NullValue.INSTANCE, result, operator);
            }
        }
        assertEquals(
                NullValue.INSTANCE,
                evaluate("{\"$convert\": {\"input\": \"$absent\", \"to\": \"int\"}}"));
        assertEquals(
                Value.of(7),
                evaluate("{\"$convert\": {\"input\": null, \"to\": \"int\", \"onNull\": 7}}"));
    }

    @Test
    void rule_105_every_string_is_true() {
        for (String text : List.of("", "false", "0")) {
            assertEquals(Value.of(true), evaluate("{\"$toBool\": \"" + text + "\"}"));
        }
    }

    @Test
    void rule_105_milliseconds_are_a_long_a_double_or_a_decimal_but_no_int() {
        DateValue date = new DateValue(1_000);
        assertEquals(date, evaluate("{\"$toDate\": {\"$numberLong\": \"1000\"}}"));
        assertEquals(date, evaluate("{\"$toDate\": 1000.5}"));
        assertEquals(date, evaluate("{\"$toDate\": {\"$numberDecimal\": \"1000.5\"}}"));
        assertEquals(241, code("{\"$toDate\": 1000}"));
    }

    @Test
    void rule_109_now_is_the_instant_of_the_operation() {
        assertEquals(NOW, evaluate("\"$$NOW\""));
        assertEquals(Value.of(true), evaluate("{\"$eq\": [\"$$NOW\", \"$$NOW\"]}"));
    }

    @Test
    void rule_109_remove_drops_the_field() {
        assertEquals(Missing.INSTANCE, evaluate("\"$$REMOVE\""));
        assertEquals(Document.of("b", Value.of(1)), evaluate("{\"a\": \"$$REMOVE\", \"b\": 1}"));
    }

    @Test
    void rule_109_names_of_variables_start_with_a_small_letter() {
        assertEquals(9, code("{\"$let\": {\"vars\": {\"X\": 1}, \"in\": 1}}"));
        assertEquals(9, code("{\"$let\": {\"vars\": {\"_x\": 1}, \"in\": 1}}"));
        assertEquals(9, code("{\"$map\": {\"input\": [1], \"as\": \"X\", \"in\": 1}}"));
        assertEquals(9, code("{\"$filter\": {\"input\": [1], \"as\": \"1x\", \"cond\": true}}"));
        assertEquals(
                Value.of(1), evaluate("{\"$let\": {\"vars\": {\"xY_1\": 1}, \"in\": \"$$xY_1\"}}"));
    }

    @Test
    void rule_109_reduce_binds_value_and_this() {
        assertEquals(
                Value.of(6),
                evaluate(
                        "{\"$reduce\": {\"input\": [1, 2, 3], \"initialValue\": 0,"
                                + " \"in\": {\"$add\": [\"$$value\", \"$$this\"]}}}"));
        assertEquals(17276, code("\"$$value\""));
    }
}
