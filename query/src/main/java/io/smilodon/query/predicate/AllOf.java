package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Values that pass all of the tests themselves: several operators inside a {@code $not} inside the
 * value form of {@code $elemMatch}.
 */
public record AllOf(List<ValueTest> tests) implements ValueTest {

    public AllOf {
        tests = List.copyOf(tests);
    }

    @Override
    public ValueTest under(ValueOrder order) {
        return new AllOf(under(tests, order));
    }

    /** The same tests where values compare in this order. */
    static List<ValueTest> under(List<ValueTest> tests, ValueOrder order) {
        return tests.stream().map(test -> test.under(order)).toList();
    }

    @Override
    public boolean test(Value value) {
        return test(tests, value);
    }

    /** Whether the value passes every test. */
    static boolean test(List<ValueTest> tests, Value value) {
        for (ValueTest test : tests) {
            if (!test.test(value)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean reachesIntoArrays() {
        return false;
    }

    @Override
    public Document toDocument() {
        return operators(tests);
    }

    /**
     * The tests side by side. Where two have one operator, the second takes another form that says
     * the same; what is left over came from {@code $all} and goes back there.
     */
    static Document operators(List<ValueTest> tests) {
        List<ValueTest> essential = essential(tests);
        Map<ValueTest, Document> places = places(essential);
        DocumentBuilder operators = Document.builder();
        List<Value> rest = new ArrayList<>();
        for (ValueTest test : essential) {
            Document place = places.get(test);
            if (place == null) {
                rest.add(member(test));
            } else {
                operators.putAll(place);
            }
        }
        return rest.isEmpty()
                ? operators.build()
                : operators.put("$all", ArrayValue.of(rest)).build();
    }

    /** The form of each test; those choose last that can be written in most ways. */
    private static Map<ValueTest, Document> places(List<ValueTest> tests) {
        Map<ValueTest, Document> places = new HashMap<>();
        Set<String> taken = new HashSet<>();
        tests.stream()
                .sorted(Comparator.comparingLong(AllOf::countWays))
                .forEach(
                        test ->
                                forms(test)
                                        .filter(form -> Collections.disjoint(names(form), taken))
                                        .findFirst()
                                        .ifPresent(
                                                form -> {
                                                    taken.addAll(names(form));
                                                    places.put(test, form);
                                                }));
        return places;
    }

    /** Under how many names the test can be written. */
    private static long countWays(ValueTest test) {
        return forms(test).map(AllOf::names).distinct().count();
    }

    /** Without tests that change nothing: a test for nothing leaves only itself. */
    private static List<ValueTest> essential(List<ValueTest> tests) {
        for (ValueTest test : tests) {
            if (test instanceof In in && in.isEmpty()) {
                return List.of(test);
            }
        }
        List<ValueTest> narrowing =
                tests.stream().filter(test -> !(test instanceof Anything)).distinct().toList();
        return narrowing.isEmpty() ? tests.stream().limit(1).toList() : narrowing;
    }

    private static Stream<Document> forms(ValueTest test) {
        return switch (test) {
            case Negated negated -> Stream.of(negated.toDocument(), negated.underNot());
            case Equal equal -> forms(equal);
            default -> Stream.of(test.toDocument());
        };
    }

    private static Stream<Document> forms(Equal equal) {
        Value value = equal.value();
        if (value instanceof RegexValue) {
            return Stream.of(equal.toDocument()); // in a list it would be a pattern
        }
        Stream<Document> forms =
                Stream.of(equal.toDocument(), Document.of("$in", ArrayValue.of(List.of(value))));
        return value == NullValue.INSTANCE
                ? Stream.concat(forms, Stream.of(Document.of("$gte", value)))
                : forms;
    }

    private static Value member(ValueTest test) {
        return switch (test) {
            case Equal equal -> equal.value();
            case MatchesRegex matches -> matches.regex();
            default -> test.toDocument();
        };
    }

    private static List<String> names(Document document) {
        return StreamSupport.stream(document.spliterator(), false).map(Field::name).toList();
    }
}
