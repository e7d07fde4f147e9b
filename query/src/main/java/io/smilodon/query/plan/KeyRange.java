package io.smilodon.query.plan;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.index.collation.Collation;
import io.smilodon.index.key.IndexKey;
import io.smilodon.index.key.KeyPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * MongoDB's <code>min</code> and <code>max</code>: which keys of the hinted index to look at, from
 * the first, which belongs to it, up to the last, which does not, in the order of the index.
 *
 * @param min the first key, a value for each field of the index; empty for the index's beginning
 * @param max the key behind the last; empty for the index's end
 */
public record KeyRange(Document min, Document max) {

    /** Every key: no index need be hinted. */
    public static final KeyRange ALL = new KeyRange(Document.EMPTY, Document.EMPTY);

    private static final ErrorCode NO_HINT = ErrorCode.location(51173);
    private static final ErrorCode OTHER_INDEX = ErrorCode.location(51174);
    private static final ErrorCode WRONG_ORDER = ErrorCode.location(51175);
    private static final ErrorCode DIFFERENT_FIELDS = ErrorCode.location(51176);

    /**
     * @throws SmilodonException 51176 for two keys of different fields
     */
    public KeyRange {
        boolean areBoth = !min.isEmpty() && !max.isEmpty();
        if (areBoth && !names(min).equals(names(max))) {
            throw new SmilodonException(
                            DIFFERENT_FIELDS, "min and max must have the same field names")
                    .at(Location.ROOT.child("max"));
        }
    }

    public boolean isAll() {
        return min.isEmpty() && max.isEmpty();
    }

    static SmilodonException noHint() {
        return new SmilodonException(
                NO_HINT, "When using min()/max() a hint of which index to use must be provided");
    }

    /**
     * The same as keys of an index.
     *
     * @param ofIndex how strings compare in the index
     * @throws SmilodonException 51174 for other fields than the index has, or strings that compare
     *     otherwise in the query; 51175 if the first key is not before the last
     */
    KeySpan in(KeyPattern pattern, Collation ofIndex, Query query) {
        boolean comparesAlike = ofIndex.equals(query.collation());
        if (!comparesAlike && (ValueOrder.holdsText(min) || ValueOrder.holdsText(max))) {
            throw notCompatible(pattern, min.isEmpty() ? "max" : "min");
        }
        return in(pattern, ofIndex.order());
    }

    /** The same in an index that has this order. */
    KeySpan in(KeyPattern pattern, ValueOrder order) {
        KeySpan span =
                new KeySpan(
                        pattern,
                        key(min, "min", pattern).map(key -> inOrder(key, order)),
                        key(max, "max", pattern).map(key -> inOrder(key, order)));
        if (!span.isAscending()) {
            throw new SmilodonException(
                    WRONG_ORDER,
                    "The value provided for min() does not come before the value provided for"
                            + " max() in the hinted index",
                    Map.of("min", min, "max", max));
        }
        return span;
    }

    private static Optional<IndexKey> key(Document written, String option, KeyPattern pattern) {
        if (written.isEmpty()) {
            return Optional.empty();
        }
        if (!names(written).equals(names(pattern.toDocument()))) {
            throw notCompatible(pattern, option);
        }
        List<Value> values = new ArrayList<>();
        written.forEach(field -> values.add(field.value()));
        return Optional.of(new IndexKey(values));
    }

    private static IndexKey inOrder(IndexKey key, ValueOrder order) {
        return new IndexKey(key.values().stream().map(order::key).toList());
    }

    static SmilodonException notCompatible(KeyPattern pattern, String option) {
        return new SmilodonException(
                        OTHER_INDEX,
                        "The index chosen is not compatible with min/max",
                        Map.of("index", pattern.toDocument()))
                .at(Location.ROOT.child(option));
    }

    private static List<String> names(Document document) {
        List<String> names = new ArrayList<>();
        document.forEach(field -> names.add(field.name()));
        return names;
    }
}
