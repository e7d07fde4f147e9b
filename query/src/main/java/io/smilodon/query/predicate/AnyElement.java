package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.query.Steps;
import java.util.List;

/**
 * {@code {field: {$elemMatch: {$gt: 1, $lt: 5}}}}, the value form: arrays with an element that
 * passes every test itself.
 *
 * @param tests what one element must pass; a multikey index may intersect their ranges, because
 *     they hold for one key
 */
public record AnyElement(List<ValueTest> tests) implements ValueTest {

    public AnyElement {
        tests = List.copyOf(tests);
    }

    @Override
    public ValueTest under(ValueOrder order) {
        return new AnyElement(AllOf.under(tests, order));
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
            if (AllOf.test(tests, element)) {
                return index;
            }
            index++;
        }
        return -1;
    }

    @Override
    public boolean reachesIntoArrays() {
        return false;
    }

    /** An element is a key itself, so every test about the value of one narrows the ranges. */
    @Override
    public List<Interval> intervals() {
        IntervalSet common = IntervalSet.ALL;
        for (ValueTest test : tests) {
            // The others ask about an element's own elements, which have no keys.
            if (test.reachesIntoArrays()) {
                common = common.intersection(IntervalSet.of(test.intervals()));
            }
        }
        return common.intervals();
    }

    @Override
    public Document toDocument() {
        return Document.of("$elemMatch", AllOf.operators(tests));
    }
}
