package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
        DocumentBuilder operators = Document.builder();
        Set<String> taken = new HashSet<>();
        List<Value> rest = new ArrayList<>();
        for (ValueTest test : essential(tests)) {
            Optional<Document> free =
                    forms(test)
                            .filter(form -> Collections.disjoint(names(form), taken))
                            .findFirst();
            free.ifPresent(form -> taken.addAll(names(form)));
            free.ifPresentOrElse(operators::putAll, () -> rest.add(member(test)));
        }
        return rest.isEmpty()
                ? operators.build()
                : operators.put("$all", ArrayValue.of(rest)).build();
    }

    /** Without tests that change nothing: a test for nothing leaves only itself. */
    private static List<ValueTest> essential(List<ValueTest> tests) {
        for (ValueTest test : tests) {
            if (test instanceof In in && in.isEmpty()) {
                return List.of(test);
            }
        }
        List<ValueTest> narrowing =
                tests.stream().filter(test -> !(test instanceof Anything)).toList();
        return narrowing.isEmpty() ? tests.stream().limit(1).toList() : narrowing;
    }

    private static Stream<Document> forms(ValueTest test) {
        return test instanceof Negated negated
                ? Stream.of(negated.toDocument(), negated.underNot())
                : Stream.of(test.toDocument());
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
