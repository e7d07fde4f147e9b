package io.smilodon.index.key;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a wildcard index has met arrays: the paths that are one in at least one document. Only ever
 * grows; beyond {@value #PATHS_MAX} paths it says that every path may be one.
 *
 * @param paths dotted; unmodifiable
 * @param areAll whether every path may be an array
 */
public record ArrayPaths(Set<String> paths, boolean areAll) {

    /** So much is kept in the catalog for one index. */
    public static final int PATHS_MAX = 256;

    public static final ArrayPaths NONE = new ArrayPaths(Set.of(), false);

    private static final ArrayPaths ALL = new ArrayPaths(Set.of(), true);

    public ArrayPaths {
        paths = Set.copyOf(paths);
    }

    static ArrayPaths of(Set<String> paths) {
        return paths.size() > PATHS_MAX ? ALL : new ArrayPaths(paths, false);
    }

    /** How long the prefixes of the path are that may be arrays. */
    public Set<Integer> prefixLengths(FieldPath path) {
        Set<Integer> lengths = new TreeSet<>();
        for (int length = 1; length <= path.length(); length++) {
            if (areAll || paths.contains(path.prefix(length).dotted())) {
                lengths.add(length);
            }
        }
        return lengths;
    }

    /** What is known after seeing both. */
    public ArrayPaths union(ArrayPaths other) {
        if (containsAll(other)) {
            return this;
        }
        if (other.areAll) {
            return ALL;
        }
        Set<String> both = new HashSet<>(paths);
        both.addAll(other.paths);
        return of(both);
    }

    /** Whether the other one says nothing new. */
    public boolean containsAll(ArrayPaths other) {
        return areAll || !other.areAll && paths.containsAll(other.paths);
    }

    /** For the catalog: an array of paths, or true for all. */
    public Value toValue() {
        List<Value> sorted = new TreeSet<>(paths).stream().map(Value::of).toList();
        return areAll ? BooleanValue.TRUE : ArrayValue.of(sorted);
    }

    /** Reads what {@link #toValue} wrote; an index of another type has nothing written. */
    public static ArrayPaths fromValue(Value stored) {
        if (stored.equals(BooleanValue.TRUE)) {
            return ALL;
        }
        Set<String> paths = new HashSet<>();
        if (stored instanceof ArrayValue array) {
            for (Value path : array) {
                if (path instanceof StringValue text) {
                    paths.add(text.value());
                }
            }
        }
        return of(paths);
    }
}
