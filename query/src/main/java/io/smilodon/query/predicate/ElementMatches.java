package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.Steps;

/**
 * {@code {field: {$elemMatch: {a: 1, b: 2}}}}, the object form: arrays with an element that is a
 * document which matches. An element that is an array counts as a document named by its indexes.
 *
 * @param predicate its paths start at the element
 */
public record ElementMatches(Predicate predicate) implements ValueTest {

    @Override
    public ValueTest under(ValueOrder order) {
        return new ElementMatches(predicate.under(order));
    }

    @Override
    public boolean test(Value value) {
        return value instanceof ArrayValue array && firstPassing(array) >= 0;
    }

    @Override
    public int firstPassing(ArrayValue array) {
        int index = 0;
        for (Value element : array) {
            Steps.take();
            if (matches(predicate, element)) {
                return index;
            }
            index++;
        }
        return -1;
    }

    /** Whether an element is something with fields that match. */
    static boolean matches(Predicate predicate, Value element) {
        return switch (element) {
            case Document document -> predicate.matches(document);
            case ArrayValue array -> predicate.matches(new IndexedFields(array));
            default -> false;
        };
    }

    @Override
    public boolean reachesIntoArrays() {
        return false;
    }

    @Override
    public Document toDocument() {
        return Document.of("$elemMatch", predicate.toDocument());
    }
}
