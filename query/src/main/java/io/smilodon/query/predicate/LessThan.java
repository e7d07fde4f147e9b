package io.smilodon.query.predicate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.key.Interval;
import java.util.List;

/**
 * {@code {field: {$lt: bound}}}: values of the bound's rank that sort before it. Bounds of null,
 * not a number, MinKey and MaxKey parse to other tests.
 */
public record LessThan(Value bound, ValueOrder order) implements ValueTest {

    /** The test without a collation. */
    public LessThan(Value bound) {
        this(bound, ValueOrder.ASCENDING);
    }

    @Override
    public ValueTest under(ValueOrder other) {
        return new LessThan(bound, other);
    }

    @Override
    public boolean test(Value value) {
        return value.rank() == bound.rank()
                && order.compare(value, bound) < 0
                && !BoundKeys.isNotANumber(value);
    }

    @Override
    public List<Interval> intervals() {
        return BoundKeys.below(order.key(bound), false);
    }

    @Override
    public boolean isExact() {
        return BoundKeys.areExact(bound);
    }

    @Override
    public boolean isExactForElements() {
        return BoundKeys.areExact(bound);
    }

    @Override
    public Document toDocument() {
        return Document.of("$lt", bound);
    }
}
