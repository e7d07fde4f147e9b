package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.key.Interval;
import io.smilodon.query.Steps;
import java.util.List;
import java.util.function.Predicate;

/**
 * {@code {field: {$allMatch: {$gt: 1, $lt: 5}}}}, the value form: arrays with elements, each of
 * which passes every test itself. An empty array does not pass, as in CouchDB, whose operator this
 * is; {@code {$not: {$elemMatch: ...}}} of the opposite takes it in.
 */
public record AllElements(List<ValueTest> tests) implements ValueTest {

    public AllElements {
        tests = List.copyOf(tests);
    }

    @Override
    public ValueTest under(ValueOrder order) {
        return new AllElements(AllOf.under(tests, order));
    }

    @Override
    public boolean test(Value value) {
        return every(value, element -> AllOf.test(tests, element));
    }

    /** Whether it is an array with elements that all pass. */
    static boolean every(Value value, Predicate<Value> passes) {
        if (!(value instanceof ArrayValue array) || array.isEmpty()) {
            return false;
        }
        for (Value element : array) {
            Steps.take();
            if (!passes.test(element)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean reachesIntoArrays() {
        return false;
    }

    /** What holds for every element holds for one. */
    @Override
    public List<Interval> intervals() {
        return new AnyElement(tests).intervals();
    }

    @Override
    public Document toDocument() {
        return Document.of("$allMatch", AllOf.operators(tests));
    }
}
