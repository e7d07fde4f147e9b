package io.smilodon.query.plan;

import io.smilodon.engine.value.Int64Value;
import io.smilodon.index.key.HashedKey;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bounds of a hashed field. Other values may have the same hash, so they prove nothing. */
final class HashedBounds {

    private HashedBounds() {}

    /** The hashes of single values; empty if the values are not single: hashes have no order. */
    static Optional<IntervalSet> of(IntervalSet values) {
        if (!values.isPoints()) {
            return Optional.empty();
        }
        List<Interval> hashes = new ArrayList<>();
        for (Interval value : values.intervals()) {
            hashes.add(Interval.point(new Int64Value(HashedKey.of(value.low()))));
        }
        return Optional.of(IntervalSet.of(hashes));
    }
}
