package io.smilodon.query.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExpressionParserTest {

    private static Expression parse(String json) {
        return ExpressionParser.parse(ExtendedJson.readValue(json), Location.ROOT);
    }

    private static Optional<Set<FieldPath>> paths(String json) {
        return PathCollector.pathsOf(List.of(parse(json)));
    }

    private static Value nested(int levels) {
        Value value = Value.of("$a");
        for (int level = 0; level < levels; level++) {
            value = Document.of("$abs", value);
        }
        return value;
    }

    @Test
    void an_unknown_operator_comes_with_a_suggestion_and_its_place() {
        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () -> parse("{\"$add\": [1, {\"$multiplay\": [2]}]}"));
        assertEquals(168, error.code().number());
        assertEquals("did you mean $multiply?", error.hint().orElseThrow());
        assertEquals("/$add/1/$multiplay", error.location().orElseThrow().pointer());
    }

    @Test
    void an_error_of_the_evaluation_has_its_place() {
        Expression expression = parse("{\"$add\": [1, {\"$abs\": \"$a\"}]}");
        EvaluationContext context =
                EvaluationContext.of(Document.of("a", Value.of("x")), new DateValue(0));
        SmilodonException error =
                assertThrows(SmilodonException.class, () -> expression.evaluate(context));
        assertEquals("/$add/1/$abs", error.location().orElseThrow().pointer());
    }

    @Test
    void expressions_nest_to_a_limit() {
        int max = ExpressionScope.DEPTH_MAX;
        ExpressionParser.parse(nested(max), Location.ROOT);
        SmilodonException error =
                assertThrows(
                        SmilodonException.class,
                        () -> ExpressionParser.parse(nested(max + 1), Location.ROOT));
        assertEquals(15, error.code().number());
    }

    /** Threads have twice that stack at least. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$abs': '@'}",
                "{'$add': [0, '@']}",
                "{'$cond': [true, '@', 2]}",
                "{'$let': {'vars': {'v': '$a'}, 'in': '@'}}",
                "{'$filter': {'input': '$l', 'cond': '@'}}",
                "{'$reduce': {'input': '$l', 'initialValue': 0, 'in': '@'}}",
                "{'$switch': {'branches': [{'case': true, 'then': '@'}]}}",
                "{'a': '@'}",
                "['@']"
            })
    void the_deepest_expression_needs_little_stack(String around) throws InterruptedException {
        Value level = ExtendedJson.readValue(around.replace('\'', '"'));
        AtomicReference<Optional<Throwable>> thrown = new AtomicReference<>(Optional.empty());
        Thread thread = new Thread(null, () -> evaluateDeep(level), "deep", 512 << 10);
        thread.setUncaughtExceptionHandler((one, error) -> thrown.set(Optional.of(error)));
        thread.start();
        thread.join();

        assertEquals(Optional.empty(), thrown.get());
    }

    private static void evaluateDeep(Value level) {
        Value written = Value.of("$a");
        for (int depth = 0; depth < ExpressionScope.DEPTH_MAX; depth++) {
            written = filled(level, written);
        }
        Document document =
                Document.of("a", Value.of(1)).with("l", ArrayValue.of(List.of(Value.of(1))));
        ExpressionParser.parse(written, Location.ROOT)
                .evaluate(EvaluationContext.of(document, new DateValue(0)));
    }

    /** The value with that one for each {@code @} in it. */
    private static Value filled(Value value, Value inner) {
        return switch (value) {
            case StringValue text -> text.value().equals("@") ? inner : text;
            case ArrayValue array ->
                    ArrayValue.of(
                            array.elements().stream().map(one -> filled(one, inner)).toList());
            case Document document -> {
                DocumentBuilder builder = Document.builder();
                document.forEach(field -> builder.put(field.name(), filled(field.value(), inner)));
                yield builder.build();
            }
            default -> value;
        };
    }

    @Test
    void constants_are_folded() {
        assertInstanceOf(Literal.class, parse("{\"a\": [1, {\"b\": 2}]}"));
        assertInstanceOf(Literal.class, parse("[1, \"x\"]"));
    }

    @Test
    void variables_that_are_bound_outside_can_be_used() {
        Value written = Value.of("$$outer.x");
        Expression expression = ExpressionParser.parse(written, Location.ROOT, Set.of("outer"));
        Document bound = Document.of("x", Value.of(7));
        EvaluationContext context = EvaluationContext.of(Document.EMPTY, new DateValue(0));
        assertEquals(Value.of(7), expression.evaluate(context.with("outer", bound)));
    }

    @Test
    void an_expression_names_the_paths_it_reads() {
        assertEquals(
                Optional.of(Set.of(FieldPath.parse("a.b"), FieldPath.parse("c"))),
                paths("{\"$add\": [\"$a.b\", {\"$abs\": \"$$ROOT.c\"}, 1]}"));
        assertEquals(
                Optional.of(Set.of(FieldPath.parse("a"), FieldPath.parse("b"))),
                paths("{\"$map\": {\"input\": \"$a\", \"in\": [\"$$this.x\", \"$b\"]}}"));
        assertEquals(Optional.of(Set.of()), paths("{\"$literal\": \"$a\"}"));
        assertEquals(Optional.empty(), paths("{\"x\": \"$$ROOT\"}"));
        assertEquals(Optional.empty(), paths("{\"$getField\": \"a.b\"}"));
    }

    @Test
    void a_string_is_not_built_beyond_the_limit() {
        String doubled =
                "{\"$reduce\": {\"input\": {\"$range\": [0, 40]}, \"initialValue\": \"x\","
                        + " \"in\": {\"$concat\": [\"$$value\", \"$$value\"]}}}";
        EvaluationContext context = EvaluationContext.of(Document.EMPTY, new DateValue(0));
        SmilodonException error =
                assertThrows(SmilodonException.class, () -> parse(doubled).evaluate(context));
        assertEquals(10334, error.code().number());
    }

    @Test
    void a_path_yields_an_array_of_what_the_elements_have() {
        Document document =
                Document.of("a", ArrayValue.of(Document.of("b", Value.of(1)), Value.of(2)));
        EvaluationContext context = EvaluationContext.of(document, new DateValue(0));
        assertEquals(ArrayValue.of(Value.of(1)), parse("\"$a.b\"").evaluate(context));
    }
}
