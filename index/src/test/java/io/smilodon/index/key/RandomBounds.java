package io.smilodon.index.key;

import io.smilodon.engine.testing.RandomValues;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.ArrayList;
import java.util.List;

/** Random bounds whose ends are likely to be among given values. */
public final class RandomBounds {

    private RandomBounds() {}

    /** Bounds for some of the parts; the pools hold values that their keys may have. */
    public static IndexBounds bounds(RandomValues values, List<List<Value>> pools) {
        List<IntervalSet> parts = new ArrayList<>();
        int bounded = values.nextInt(pools.size() + 1);
        for (int part = 0; part < bounded; part++) {
            parts.add(set(values, pools.get(part)));
        }
        return new IndexBounds(parts);
    }

    /** Up to four intervals; the ends that it makes up are added to the pool. */
    static IntervalSet set(RandomValues values, List<Value> pool) {
        if (values.nextInt(6) == 0) {
            return IntervalSet.ALL;
        }
        List<Interval> intervals = new ArrayList<>();
        int count = 1 + values.nextInt(4);
        for (int i = 0; i < count; i++) {
            intervals.add(interval(values, pool));
        }
        IntervalSet set = IntervalSet.of(intervals);
        return values.nextInt(8) == 0 ? set.complement() : set;
    }

    private static Interval interval(RandomValues values, List<Value> pool) {
        Value one = end(values, pool);
        if (values.nextInt(3) == 0) {
            return Interval.point(one);
        }
        if (values.nextInt(5) == 0) {
            return values.nextInt(2) == 0
                    ? Interval.above(one, values.nextInt(2) == 0)
                    : Interval.below(one, values.nextInt(2) == 0);
        }
        Value other = end(values, pool);
        boolean isAscending = ValueOrder.ASCENDING.compare(one, other) <= 0;
        return new Interval(
                isAscending ? one : other,
                values.nextInt(2) == 0,
                isAscending ? other : one,
                values.nextInt(2) == 0);
    }

    private static Value end(RandomValues values, List<Value> pool) {
        if (pool.isEmpty() || values.nextInt(4) == 0) {
            pool.add(asInKeys(values.next()));
        }
        return pool.get(values.nextInt(pool.size()));
    }

    private static Value asInKeys(Value value) {
        return switch (value) {
            case Missing absent -> NullValue.INSTANCE;
            case ArrayValue array -> array.isEmpty() ? UndefinedValue.INSTANCE : array;
            case Value other -> other;
        };
    }
}
