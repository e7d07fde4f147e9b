package io.smilodon.query.predicate;

import io.smilodon.engine.value.Value;
import io.smilodon.index.key.Interval;
import java.util.List;

/**
 * What a filter asks of the value at the end of a path. Every operator of a field is one. Immutable
 * and thread-safe.
 */
public interface ValueTest {

    /** Whether one value passes: a field's value, {@code Missing}, or an element of an array. */
    boolean test(Value value);

    /**
     * Whether an array passes also when one of its elements does. Tests of the array itself (its
     * size, its elements together) say no.
     */
    default boolean reachesIntoArrays() {
        return true;
    }

    /**
     * Ranges of index keys that hold at least every document that passes, ascending and disjoint;
     * everything if the test has nothing to say.
     */
    default List<Interval> intervals() {
        return List.of(Interval.ALL);
    }

    /**
     * Whether a key inside {@link #intervals} proves that the document passes. Where absent fields
     * and null share a key, or an empty array and something else, it does not.
     */
    default boolean isExact() {
        return false;
    }
}
