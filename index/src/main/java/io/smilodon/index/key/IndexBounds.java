package io.smilodon.index.key;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.List;

/**
 * Which entries of an index a scan returns: those whose every value lies in the intervals of its
 * part. Intervals are in the order of values whatever the direction of the part.
 *
 * @param parts the sets for the first parts of the key pattern; the others are unbounded
 */
public record IndexBounds(List<IntervalSet> parts) {

    /** Every entry. */
    public static final IndexBounds ALL = new IndexBounds(List.of());

    public IndexBounds {
        parts = List.copyOf(parts);
    }

    public static IndexBounds of(IntervalSet... parts) {
        return new IndexBounds(List.of(parts));
    }

    /** Bounds on the first part alone. */
    public static IndexBounds of(Interval... first) {
        return of(IntervalSet.of(first));
    }

    public IntervalSet part(int index) {
        return index < parts.size() ? parts.get(index) : IntervalSet.ALL;
    }

    /** Whether no entry can be inside. */
    public boolean isEmpty() {
        for (IntervalSet part : parts) {
            if (part.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Whether every entry is inside. */
    public boolean isAll() {
        return parts.stream().allMatch(IntervalSet::isAll);
    }

    public boolean contains(IndexKey key) {
        for (int index = 0; index < parts.size(); index++) {
            if (!parts.get(index).contains(key.value(index))) {
                return false;
            }
        }
        return true;
    }

    /**
     * As MongoDB's explain shows them: an array of texts per field, in the order in which the scan
     * meets them.
     */
    public Document describe(KeyPattern pattern, Direction scan) {
        return describe(pattern, scan, false);
    }

    /**
     * The same.
     *
     * @param isCollated whether the strings in them are keys of a collation
     */
    public Document describe(KeyPattern pattern, Direction scan, boolean isCollated) {
        DocumentBuilder builder = Document.builder();
        for (int index = 0; index < pattern.length(); index++) {
            KeyPart part = pattern.part(index);
            Direction met = part.isDescending() ? scan.reversed() : scan;
            List<Value> texts =
                    part(index).describe(met, isCollated).stream().map(Value::of).toList();
            builder.put(part.path().dotted(), ArrayValue.of(texts));
        }
        return builder.build();
    }
}
