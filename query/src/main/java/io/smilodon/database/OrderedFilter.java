package io.smilodon.database;

import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.predicate.Predicate;

/**
 * A filter in the order of whichever collection it is used on. It is made anew only where the order
 * is another than the last time, not for each document: that sorts what its lists hold.
 * Thread-safe.
 */
final class OrderedFilter {

    private final Predicate filter;
    private volatile Made last;

    /**
     * @param filter one that compares without a collation
     */
    OrderedFilter(Predicate filter) {
        this.filter = filter;
        this.last = new Made(ValueOrder.ASCENDING, filter);
    }

    private record Made(ValueOrder order, Predicate filter) {}

    Predicate under(ValueOrder order) {
        if (order.isSimple()) {
            return filter;
        }
        Made made = last;
        if (made.order != order) {
            made = new Made(order, filter.under(order));
            last = made;
        }
        return made.filter;
    }
}
