package io.smilodon.query.plan;

import io.smilodon.engine.value.MaxKey;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.Value;
import io.smilodon.index.key.IndexBounds;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.Interval;
import io.smilodon.index.key.IntervalSet;
import io.smilodon.index.key.KeyPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A part of an index without a gap.
 *
 * @param pattern of the index
 * @param first the first key, which belongs to it; absent for the index's beginning
 * @param end the key behind the last; absent for the index's end
 */
public record KeySpan(KeyPattern pattern, Optional<IndexKey> first, Optional<IndexKey> end) {

    /** Whether the end comes behind the first key. */
    boolean isAscending() {
        return first.isEmpty() || end.isEmpty() || isBefore(first.get(), end.get());
    }

    public boolean contains(IndexKey key) {
        return (first.isEmpty() || !isBefore(key, first.get()))
                && (end.isEmpty() || isBefore(key, end.get()));
    }

    private boolean isBefore(IndexKey left, IndexKey right) {
        return pattern.keyOrder().compare(left, right) < 0;
    }

    /**
     * Bounds around it, which may hold other keys too: each part between its values in the first
     * key and in the end, as far as the parts before it have one value.
     */
    IndexBounds bounds() {
        List<IntervalSet> parts = new ArrayList<>();
        boolean isNarrow = true;
        for (int part = 0; part < pattern.length(); part++) {
            Interval interval = isNarrow ? interval(part) : Interval.ALL;
            parts.add(IntervalSet.of(interval));
            isNarrow = interval.isPoint();
        }
        return new IndexBounds(parts);
    }

    /** Only the last part tells whether a key is the end itself. */
    private Interval interval(int part) {
        boolean hasEnd = part == pattern.length() - 1 && end.isPresent();
        return pattern.part(part).isDescending()
                ? new Interval(
                        value(end, part, MinKey.INSTANCE),
                        !hasEnd,
                        value(first, part, MaxKey.INSTANCE),
                        true)
                : new Interval(
                        value(first, part, MinKey.INSTANCE),
                        true,
                        value(end, part, MaxKey.INSTANCE),
                        !hasEnd);
    }

    private static Value value(Optional<IndexKey> key, int part, Value otherwise) {
        return key.map(found -> found.value(part)).orElse(otherwise);
    }
}
