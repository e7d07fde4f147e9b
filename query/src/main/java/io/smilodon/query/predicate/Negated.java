package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.RegexValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;

/**
 * Values that do not pass the test: {@code $not}, {@code $ne} and {@code $nin} inside the value
 * form of {@code $elemMatch}. Elsewhere negation is of the whole document, {@link Predicate.Not}.
 */
public record Negated(ValueTest test) implements ValueTest {

    @Override
    public ValueTest under(ValueOrder order) {
        return new Negated(test.under(order));
    }

    @Override
    public boolean test(Value value) {
        return !test.test(value);
    }

    @Override
    public boolean reachesIntoArrays() {
        return false;
    }

    @Override
    public Document toDocument() {
        if (test instanceof Equal equal && !(equal.value() instanceof RegexValue)) {
            return Document.of("$ne", equal.value());
        }
        if (test instanceof In in) {
            return Document.of("$nin", in.toDocument().get("$in"));
        }
        return test instanceof Exists ? Document.of("$exists", Value.of(false)) : underNot();
    }

    Document underNot() {
        return Document.of("$not", test.toDocument());
    }
}
