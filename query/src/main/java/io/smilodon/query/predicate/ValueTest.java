package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.key.Interval;
import java.util.List;

/**
 * What a filter asks of the value at the end of a path. Every operator of a field is one. Immutable
 * and thread-safe.
 *
 * <p>The tests are an open set; whoever plans or updates needs to know few of them by name: {@link
 * Equal}, {@link In}, {@link AnyElement} and {@link ElementMatches}.
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
     * Where a test of an array asks its elements one by one: the index of the first that makes the
     * array pass; negative if there is none, and for all other tests.
     */
    default int firstPassing(ArrayValue array) {
        return -1;
    }

    /** Whether it could stand in the list of an {@code $in}: a value, a pattern, or such a list. */
    default boolean isOfListedValues() {
        return false;
    }

    /**
     * Ranges of index keys that hold at least one key of every document that passes, ascending and
     * disjoint; none if nothing can pass, everything if the test has nothing to say.
     */
    default List<Interval> intervals() {
        return List.of(Interval.ALL);
    }

    /**
     * Whether a key inside {@link #intervals} proves that the document passes, as long as the key
     * is that of a single value, not of one element among others. Where absent fields and null
     * share a key, or an empty array and something else, it does not.
     */
    default boolean isExact() {
        return false;
    }

    /**
     * Whether such a key proves it also where it may be that of one element among others, for
     * elements that are reached by no index in the path.
     */
    default boolean isExactForElements() {
        return false;
    }

    /**
     * The same test where values compare in this order. Then the strings in its {@link #intervals}
     * are the order's keys of them.
     */
    default ValueTest under(ValueOrder order) {
        return this;
    }

    /** The test as a filter writes it: {@code {$gt: 5}}. */
    Document toDocument();
}
