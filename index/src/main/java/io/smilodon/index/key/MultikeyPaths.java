package io.smilodon.index.key;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where the paths of a key pattern meet arrays: for each part, the lengths of the prefixes of its
 * path that are an array in at least one document. For <code>{"a.b": 1}</code>, {1} means that some
 * {@code a} is an array, {2} that some {@code a.b} is. An empty array counts, and so does an array
 * that a numeric step reads at one index.
 *
 * <p>An index only ever gains such lengths. Bounds, order and coverage depend on them.
 *
 * @param prefixLengths one set per part; unmodifiable
 */
public record MultikeyPaths(List<Set<Integer>> prefixLengths) {

    public MultikeyPaths {
        List<Set<Integer>> copies = new ArrayList<>(prefixLengths.size());
        for (Set<Integer> lengths : prefixLengths) { // of each document: faster than a stream
            copies.add(Set.copyOf(lengths));
        }
        prefixLengths = Collections.unmodifiableList(copies);
    }

    /** No arrays anywhere. */
    public static MultikeyPaths none(int parts) {
        List<Set<Integer>> lengths = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            lengths.add(Set.of());
        }
        return new MultikeyPaths(lengths);
    }

    /** Whether one document may have several keys. */
    public boolean isMultikey() {
        for (Set<Integer> lengths : prefixLengths) {
            if (!lengths.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the part's path meets an array anywhere. */
    public boolean isMultikey(int part) {
        return !prefixLengths.get(part).isEmpty();
    }

    /** Whether the first {@code prefixLength} steps of the part's path lead to an array. */
    public boolean isArray(int part, int prefixLength) {
        return prefixLengths.get(part).contains(prefixLength);
    }

    /** What is known after seeing both. */
    public MultikeyPaths union(MultikeyPaths other) {
        if (containsAll(other)) {
            return this;
        }
        List<Set<Integer>> lengths = new ArrayList<>();
        for (int part = 0; part < prefixLengths.size(); part++) {
            Set<Integer> both = new TreeSet<>(prefixLengths.get(part));
            both.addAll(other.prefixLengths.get(part));
            lengths.add(both);
        }
        return new MultikeyPaths(lengths);
    }

    /** Whether the other one says nothing new. */
    public boolean containsAll(MultikeyPaths other) {
        for (int part = 0; part < prefixLengths.size(); part++) {
            if (!prefixLengths.get(part).containsAll(other.prefixLengths.get(part))) {
                return false;
            }
        }
        return true;
    }

    /** For the catalog: an array of arrays of lengths. */
    public ArrayValue toValue() {
        return ArrayValue.of(prefixLengths.stream().map(MultikeyPaths::toValue).toList());
    }

    private static ArrayValue toValue(Set<Integer> lengths) {
        SortedSet<Integer> sorted = new TreeSet<>(lengths);
        return ArrayValue.of(sorted.stream().map(Value::of).toList());
    }

    /**
     * Reads what {@link #toValue} wrote.
     *
     * @throws SmilodonException 366 if it is anything else
     */
    public static MultikeyPaths fromValue(Value stored) {
        List<Set<Integer>> parts = new ArrayList<>();
        for (Value part : array(stored)) {
            Set<Integer> lengths = new TreeSet<>();
            for (Value length : array(part)) {
                lengths.add(number(length));
            }
            parts.add(lengths);
        }
        return new MultikeyPaths(parts);
    }

    private static ArrayValue array(Value stored) {
        if (stored instanceof ArrayValue array) {
            return array;
        }
        throw damaged(stored);
    }

    private static int number(Value stored) {
        if (stored instanceof NumberValue number) {
            return (int) number.toLong();
        }
        throw damaged(stored);
    }

    private static SmilodonException damaged(Value stored) {
        return new SmilodonException(
                ErrorCode.DATA_CORRUPTION_DETECTED,
                "The catalog's multikey paths of an index are damaged",
                Map.of("found", stored.type().alias()));
    }
}
