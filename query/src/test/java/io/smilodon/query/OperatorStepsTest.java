package io.smilodon.query;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.query.expression.EvaluationContext;
import io.smilodon.query.expression.Expression;
import io.smilodon.query.expression.ExpressionParser;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.update.Update;
import io.smilodon.query.update.UpdateContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every operator counts its steps, so that it stops when its operation must end; and twice the
 * input costs it about twice the steps, not four times.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperatorStepsTest {

    private static final int SIZE = 20_000;

    /** How many values or characters may go by without a step. */
    private static final int PER_STEP = 70;

    private static final DateValue NOW = new DateValue(0);

    /** Thrown where an operation would be found to be out of time. */
    private static final class OutOfTime extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private static void outOfTime() {
        throw new OutOfTime();
    }

    private static Document json(String text) {
        return ExtendedJson.readDocument(text.replace('\'', '"'));
    }

    /** A document with arrays, a text and fields of that many parts. */
    private static Document sized(int size) {
        List<Value> numbers = new ArrayList<>();
        List<Value> documents = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            numbers.add(Value.of(i * 7_919L % size));
            documents.add(Document.of("x", Value.of(i)));
        }
        return Document.builder()
                .put("n", ArrayValue.of(numbers))
                .put("d", ArrayValue.of(documents))
                .put("t", "ab".repeat(size / 2))
                .build();
    }

    /**
     * @param work what is done with the document of a size
     */
    private static void check(String name, IntFunction<Runnable> work) {
        long once = steps(work.apply(SIZE));
        long twice = steps(work.apply(2 * SIZE));
        assertTrue(once >= SIZE / PER_STEP, () -> name + " took only " + once);
        assertTrue(
                twice < 2.6 * once,
                () -> String.format(Locale.ROOT, "%s: %d, then %d", name, once, twice));
        Runnable again = work.apply(20 * SIZE / 4);
        assertThrows(
                OutOfTime.class,
                () ->
                        Steps.guarded(
                                OperatorStepsTest::outOfTime,
                                () -> {
                                    again.run();
                                    return 0;
                                }),
                name);
    }

    private static long steps(Runnable work) {
        long before = Steps.taken();
        work.run();
        return Steps.taken() - before;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$map': {'input': '$n', 'in': '$$this'}}",
                "{'$filter': {'input': '$n', 'cond': '$$this'}}",
                "{'$reduce': {'input': '$n', 'initialValue': 0, 'in': '$$this'}}",
                "{'$zip': {'inputs': ['$n', '$d']}}",
                "{'$concatArrays': ['$n', '$d']}",
                "{'$sortArray': {'input': '$n', 'sortBy': 1}}",
                "{'$sortArray': {'input': '$d', 'sortBy': {'x': -1}}}",
                "{'$setUnion': ['$n', '$n']}",
                "{'$setIntersection': ['$n', '$n']}",
                "{'$setDifference': ['$n', '$n']}",
                "{'$setEquals': ['$n', '$n']}",
                "{'$setIsSubset': ['$n', '$n']}",
                "{'$allElementsTrue': ['$d']}",
                "{'$anyElementTrue': [{'$map': {'input': '$n', 'in': false}}]}",
                "{'$in': [-1, '$n']}",
                "{'$indexOfArray': ['$n', -1]}",
                "{'$reverseArray': '$n'}",
                "{'$slice': ['$n', -5]}",
                "{'$lastN': {'n': 2, 'input': '$n'}}",
                "{'$maxN': {'n': 2, 'input': '$n'}}",
                "{'$sum': '$n'}",
                "{'$avg': '$n'}",
                "{'$max': '$n'}",
                "{'$stdDevPop': '$n'}",
                "{'$median': {'input': '$n', 'method': 'approximate'}}",
                "{'$arrayToObject': {'$map': {'input': '$n', 'in':"
                        + " {'k': {'$toString': '$$this'}, 'v': 1}}}}",
                "{'$mergeObjects': '$d'}",
                "'$d.x'",
                "{'$toUpper': '$t'}",
                "{'$concat': ['$t', '$t']}",
                "{'$split': ['$t', 'b']}",
                "{'$replaceAll': {'input': '$t', 'find': 'a', 'replacement': 'x'}}",
                "{'$strLenCP': '$t'}",
                "{'$indexOfCP': ['$t', 'c']}",
                "{'$substrCP': ['$t', 1, 5]}",
                "{'$trim': {'input': '$t', 'chars': 'ab'}}",
                "{'$regexFindAll': {'input': '$t', 'regex': 'a'}}",
                "{'$regexMatch': {'input': '$t', 'regex': 'c'}}",
                "{'$regexMatch': {'input': '$t', 'regex': 'b(?=c)'}}",
            })
    void expressions_count_their_steps(String written) {
        Expression expression =
                ExpressionParser.parse(json("{'e': " + written + "}").get("e"), Location.ROOT);
        check(
                written,
                size -> {
                    EvaluationContext context = EvaluationContext.of(sized(size), NOW);
                    return () -> expression.evaluate(context);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'n': -1}",
                "{'n': {'$in': [-1, -2]}}",
                "{'n': {'$not': {'$lt': 0}}}",
                "{'n': {'$elemMatch': {'$lt': 0}}}",
                "{'n': {'$allMatch': {'$gte': 0}}}",
                "{'d.x': -1}",
                "{'d': {'$elemMatch': {'x': -1}}}",
                "{'d': {'$allMatch': {'x': {'$gte': 0}}}}",
                "{'t': {'$regex': 'b(?=c)'}}",
                "{'$jsonSchema': {'properties': {'n': {'items': {'minimum': 0}}}}}",
                "{'$jsonSchema': {'properties': {'d': {'uniqueItems': true}}}}",
                "{'$expr': {'$in': [-1, '$n']}}",
            })
    void filters_count_their_steps(String written) {
        io.smilodon.query.predicate.Predicate filter = PredicateParser.parse(json(written));
        check(
                written,
                size -> {
                    Document document = sized(size);
                    return () -> filter.matches(document);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'$set': {'n.$[]': 1}}",
                "{'$inc': {'d.$[].x': 1}}",
                "{'$push': {'n': {'$each': [1], '$sort': 1}}}",
                "{'$push': {'n': {'$each': [1], '$position': 0}}}",
                "{'$addToSet': {'n': -1}}",
                "{'$pull': {'n': {'$lt': 3}}}",
                "{'$pullAll': {'n': [1, 2, 3]}}",
            })
    void updates_count_their_steps(String written) {
        Update update = Update.parse(json(written));
        check(
                written,
                size -> {
                    Document document = sized(size);
                    return () -> update.apply(document, UpdateContext.ofUpdate(NOW));
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'$rename': {'t': 'u'}}", "{'$setOnInsert': {'x': 1}}"})
    void a_change_beside_many_others_does_not_make_each_copy_the_document(String beside) {
        long once = stepsOfChanges(1_000, beside);
        long twice = stepsOfChanges(2_000, beside);

        assertTrue(twice < 2.6 * once, () -> once + ", then " + twice);
    }

    private static long stepsOfChanges(int count, String beside) {
        DocumentBuilder fields = Document.builder();
        for (int i = 0; i < count; i++) {
            fields.put("f" + i, Value.of(i));
        }
        Document set = Document.of("$set", fields.build());
        Update update = Update.parse(Document.builder().putAll(set).putAll(json(beside)).build());
        return steps(() -> update.apply(sized(1), UpdateContext.ofUpdate(NOW)));
    }
}
