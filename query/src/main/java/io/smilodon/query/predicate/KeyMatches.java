package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.TypeRank;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.key.Interval;
import io.smilodon.query.Steps;
import java.util.List;

/**
 * {@code {field: {$keyMapMatch: {$regex: "^x"}}}}: documents with a field whose name, as a string,
 * passes every test. CouchDB's operator.
 */
public record KeyMatches(List<ValueTest> tests) implements ValueTest {

    public KeyMatches {
        tests = List.copyOf(tests);
    }

    @Override
    public ValueTest under(ValueOrder order) {
        return new KeyMatches(AllOf.under(tests, order));
    }

    @Override
    public boolean test(Value value) {
        if (value instanceof Document document) {
            for (Field field : document) {
                Steps.take();
                if (AllOf.test(tests, new StringValue(field.name()))) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public List<Interval> intervals() {
        return List.of(Interval.ofRank(TypeRank.DOCUMENT));
    }

    @Override
    public Document toDocument() {
        return Document.of("$keyMapMatch", AllOf.operators(tests));
    }
}
