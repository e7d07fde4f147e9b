package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code {field: value}} and {@code {field: {$eq: value}}}: values equal to this one in the order
 * of values; null equals an absent field too, but not undefined. A regular expression equals only
 * itself.
 */
public record Equal(Value value, ValueOrder order) implements ValueTest {

    /** The test without a collation. */
    public Equal(Value value) {
        this(value, ValueOrder.ASCENDING);
    }

    @Override
    public ValueTest under(ValueOrder other) {
        return new Equal(value, other);
    }

    @Override
    public boolean test(Value candidate) {
        if (value instanceof NullValue) {
            return candidate instanceof NullValue || candidate instanceof Missing;
        }
        return candidate.rank() == value.rank() && order.compare(candidate, value) == 0;
    }

    @Override
    public List<Interval> intervals() {
        return intervals(order.key(value));
    }

    /**
     * The index keys of a field with the value. An array's keys are its elements, so the array is
     * found by its first one, or whole where it is itself an element.
     */
    static List<Interval> intervals(Value value) {
        if (!(value instanceof ArrayValue array)) {
            return List.of(Interval.point(value));
        }
        List<Interval> keys = new ArrayList<>();
        keys.add(Interval.point(array));
        if (array.isEmpty()) {
            keys.add(Interval.point(UndefinedValue.INSTANCE));
        } else {
            Value first = array.get(0);
            keys.add(Interval.point(first));
            if (first instanceof ArrayValue inner && inner.isEmpty()) {
                keys.add(Interval.point(UndefinedValue.INSTANCE));
            }
        }
        return IntervalSet.of(keys).intervals();
    }

    @Override
    public boolean isOfListedValues() {
        return true;
    }

    @Override
    public boolean isExact() {
        return isExact(value);
    }

    /** Undefined is also the key of an empty array. */
    @Override
    public boolean isExactForElements() {
        return isExact(value) && !(value instanceof UndefinedValue);
    }

    static boolean isExact(Value value) {
        return !(value instanceof NullValue) && !(value instanceof ArrayValue);
    }

    @Override
    public Document toDocument() {
        return Document.of("$eq", value);
    }
}
