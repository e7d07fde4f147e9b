package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;

/**
 * {@code {field: {$allMatch: {a: 1, b: 2}}}}, the object form: arrays with elements, each of which
 * is a document that matches. An empty array does not pass.
 *
 * @param predicate its paths start at the element
 */
public record AllElementsMatch(Predicate predicate) implements ValueTest {

    @Override
    public ValueTest under(ValueOrder order) {
        return new AllElementsMatch(predicate.under(order));
    }

    @Override
    public boolean test(Value value) {
        return AllElements.every(value, element -> ElementMatches.matches(predicate, element));
    }

    @Override
    public boolean reachesIntoArrays() {
        return false;
    }

    @Override
    public Document toDocument() {
        return Document.of("$allMatch", predicate.toDocument());
    }
}
