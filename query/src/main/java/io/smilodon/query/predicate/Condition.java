package io.smilodon.query.predicate;

import io.smilodon.engine.value.FieldPath;
import io.smilodon.query.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the operators of a field ask, before it is known of what: of the values at a path, or of one
 * element inside the value form of {@code $elemMatch}.
 */
sealed interface Condition {

    /** The condition on the values at a path, where negation is of the whole document. */
    Predicate at(FieldPath path);

    /** The condition on one value, as tests that it must all pass. */
    Stream<ValueTest> ofOneValue();

    /** One test. */
    record Passes(ValueTest test) implements Condition {

        @Override
        public Predicate at(FieldPath path) {
            return new Predicate.At(path, test, Dialect.current().elementsLackFields());
        }

        @Override
        public Stream<ValueTest> ofOneValue() {
            return Stream.of(test);
        }
    }

    /** Several conditions at once; none of them asks nothing. */
    record All(List<Condition> conditions) implements Condition {

        public All {
            conditions = List.copyOf(conditions);
        }

        @Override
        public Predicate at(FieldPath path) {
            List<Predicate> predicates = new ArrayList<>();
            conditions.forEach(condition -> predicates.add(condition.at(path)));
            return Predicate.all(predicates);
        }

        @Override
        public Stream<ValueTest> ofOneValue() {
            return conditions.stream().flatMap(Condition::ofOneValue);
        }
    }

    /** The opposite. */
    record Not(Condition condition) implements Condition {

        @Override
        public Predicate at(FieldPath path) {
            return new Predicate.Not(condition.at(path));
        }

        @Override
        public Stream<ValueTest> ofOneValue() {
            List<ValueTest> tests = condition.ofOneValue().toList();
            return Stream.of(new Negated(tests.size() == 1 ? tests.get(0) : new AllOf(tests)));
        }
    }

    static Condition of(ValueTest test) {
        return new Passes(test);
    }

    /** A condition that holds for nothing. */
    static Condition never() {
        return of(new In(List.of(), List.of()));
    }

    /** A condition that asks nothing, of operators that only change others. */
    static Condition none() {
        return new All(List.of());
    }
}
