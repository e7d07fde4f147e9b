package io.smilodon.query.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** What holds between operators, on random arrays and texts. Quotes are single. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExpressionLawsTest {

    private static final String[] LETTERS = {"a", "b", "é", "∫", "😀", " "};

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final Document document =
            Document.builder()
                    .put("list", list(20))
                    .put("other", list(10))
                    .put("n", 1 + random.nextInt(12))
                    .put("text", text(30))
                    .put("part", text(2) + "a")
                    .build();

    private ArrayValue list(int sizeMax) {
        List<Value> values = new ArrayList<>();
        for (int size = random.nextInt(sizeMax + 1); size > 0; size--) {
            int number = random.nextInt(9);
            values.add(random.nextBoolean() ? Value.of(number) : Value.of("s" + number));
        }
        return ArrayValue.of(values);
    }

    private String text(int lengthMax) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(lengthMax + 1); length > 0; length--) {
            text.append(LETTERS[random.nextInt(LETTERS.length)]);
        }
        return text.toString();
    }

    private Value evaluate(String expression) {
        return ExpressionParser.parse(
                        ExtendedJson.readValue(expression.replace('\'', '"')), Location.ROOT)
                .evaluate(EvaluationContext.of(document, new DateValue(0)));
    }

    private void assertSame(String expected, String actual) {
        assertEquals(evaluate(expected), evaluate(actual), () -> "seed " + seed + ": " + document);
    }

    @RepeatedTest(30)
    void parts_of_an_array_make_it_whole() {
        String rest = "{'$subtract': [{'$size': '$list'}, '$n']}";
        assertSame(
                "'$list'",
                "{'$concatArrays': [{'$firstN': {'n': '$n', 'input': '$list'}}, {'$cond': [{'$gt': ["
                        + rest
                        + ", 0]}, {'$lastN': {'n': {'$max': [1, "
                        + rest
                        + "]}, 'input': '$list'}}, []]}]}");
        assertSame("{'$firstN': {'n': '$n', 'input': '$list'}}", "{'$slice': ['$list', '$n']}");
        assertSame(
                "{'$lastN': {'n': '$n', 'input': '$list'}}",
                "{'$slice': ['$list', {'$subtract': [0, '$n']}]}");
    }

    @RepeatedTest(30)
    void the_extremes_are_the_ends_of_the_sorted_array() {
        assertSame(
                "{'$slice': [{'$sortArray': {'input': '$list', 'sortBy': 1}}, '$n']}",
                "{'$minN': {'n': '$n', 'input': '$list'}}");
        assertSame(
                "{'$slice': [{'$sortArray': {'input': '$list', 'sortBy': -1}}, '$n']}",
                "{'$maxN': {'n': '$n', 'input': '$list'}}");
        assertSame(
                "{'$setUnion': ['$list', '$other']}",
                "{'$setUnion': [{'$sortArray': {'input': '$other', 'sortBy': 1}}, '$list']}");
    }

    @RepeatedTest(30)
    void zipped_arrays_can_be_told_apart_again() {
        String longest = "{'$zip': {'inputs': ['$list', '$other'], 'useLongestLength': true}}";
        assertSame(
                "'$list'",
                "{'$slice': [{'$map': {'in': {'$first': '$$this'}, 'input': "
                        + longest
                        + "}}, {'$size': '$list'}]}");
        assertSame(
                "{'$slice': ['$other', {'$size': '$list'}]}",
                "{'$map': {'in': {'$last': '$$this'}, 'input': {'$zip': {'inputs': ['$list',"
                        + " '$other']}}}}");
    }

    @RepeatedTest(30)
    void a_split_text_can_be_put_together_again() {
        assertSame(
                "'$text'",
                "{'$let': {'vars': {'parts': {'$split': ['$text', '$part']}}, 'in': {'$reduce':"
                        + " {'input': {'$slice': ['$$parts', 1, {'$size': '$$parts'}]},"
                        + " 'initialValue': {'$first': '$$parts'},"
                        + " 'in': {'$concat': ['$$value', '$part', '$$this']}}}}}");
        assertSame(
                "'$text'",
                "{'$replaceAll': {'input': '$text', 'find': '$part', 'replacement': '$part'}}");
    }

    @RepeatedTest(30)
    void every_match_stands_where_it_says() {
        String matches = "{'$regexFindAll': {'input': '$text', 'regex': '(a|é)+|(😀)b?'}}";
        assertSame(
                "{'$map': {'input': " + matches + ", 'in': '$$this.match'}}",
                "{'$map': {'input': "
                        + matches
                        + ", 'in': {'$substrCP': ['$text', '$$this.idx', {'$strLenCP':"
                        + " '$$this.match'}]}}}");
        assertSame(
                "{'$ifNull': [{'$first': " + matches + "}, null]}",
                "{'$regexFind': {'input': '$text', 'regex': '(a|é)+|(😀)b?'}}");
    }

    @RepeatedTest(30)
    void places_in_bytes_and_in_code_points_are_the_same() {
        String place = "{'$indexOfCP': ['$text', '$part']}";
        assertSame(
                "{'$cond': [{'$lt': ["
                        + place
                        + ", 0]}, -1, {'$strLenBytes': {'$substrCP': ['$text', 0, {'$max': [0, "
                        + place
                        + "]}]}}]}",
                "{'$indexOfBytes': ['$text', '$part']}");
    }
}
