package io.smilodon.index.text.search;

import io.smilodon.engine.error.Location;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;

/** Queries for values as they are. */
final class Keys {

    private static final String COMPARABLE = "bool, date, null, number, objectId, string or uuid";

    /** The keys of a single byte that are values. */
    private static final Set<BytesRef> SHORT =
            Set.of(
                    KeyType.key(NullValue.INSTANCE),
                    KeyType.key(Value.of(Double.NaN)),
                    KeyType.key(Value.of(0)),
                    KeyType.key(BooleanValue.FALSE),
                    KeyType.key(BooleanValue.TRUE));

    private Keys() {}

    /** A value that can be looked up. */
    static Value comparable(Value value, Location place) {
        boolean isComparable =
                value instanceof BooleanValue
                        || value instanceof DateValue
                        || value instanceof NullValue
                        || value instanceof NumberValue
                        || value instanceof ObjectId
                        || value instanceof StringValue
                        || value instanceof BinaryValue;
        if (!isComparable) {
            throw Options.wrongType(value, COMPARABLE, place);
        }
        return value;
    }

    /** Each of the values of an array, or the one that stands there. */
    static List<Value> comparables(Value written, Location place) {
        if (!(written instanceof ArrayValue array)) {
            return List.of(comparable(written, place));
        }
        List<Value> values = new ArrayList<>();
        for (Value element : array) {
            values.add(comparable(element, place.child(values.size())));
        }
        return values;
    }

    /** Where the value is one of these. */
    static Query in(SearchContext context, String path, List<Value> values) {
        String field = FieldNames.keys(context.path(path));
        List<BytesRef> keys = new ArrayList<>();
        values.forEach(value -> keys.add(key(context, path, value)));
        return new ConstantScoreQuery(
                keys.size() == 1
                        ? new TermQuery(new Term(field, keys.get(0)))
                        : new TermInSetQuery(field, keys));
    }

    private static BytesRef key(SearchContext context, String path, Value value) {
        if (value instanceof StringValue) {
            context.require(
                    path,
                    type -> type == KeyType.TOKEN || type == KeyType.LOWERCASE_TOKEN,
                    "Path '" + path + "' needs to be indexed as token");
        }
        boolean isLowercase = context.isLowercase(context.path(path));
        return KeyType.key(isLowercase ? KeyType.LOWERCASE_TOKEN.normalized(value) : value);
    }

    /**
     * Where a value of the same type lies between bounds.
     *
     * @param bounds at least one of them
     */
    static Query range(SearchContext context, String path, Bounds bounds) {
        BytesRef lower = bounds.lower == null ? null : key(context, path, bounds.lower);
        BytesRef upper = bounds.upper == null ? null : key(context, path, bounds.upper);
        Value any = bounds.lower == null ? bounds.upper : bounds.lower;
        boolean includesLower = bounds.lower == null || bounds.includesLower;
        boolean includesUpper = bounds.upper == null || bounds.includesUpper;
        if (lower == null) {
            lower = start(any);
        }
        if (upper == null) {
            upper = end(any);
        }
        String field = FieldNames.keys(context.path(path));
        Query terms = new TermRangeQuery(field, lower, upper, includesLower, includesUpper);
        Query values =
                SortedSetDocValuesField.newSlowRangeQuery(
                        field, lower, upper, includesLower, includesUpper);
        return new ConstantScoreQuery(new IndexOrDocValuesQuery(terms, values));
    }

    /** The smallest key of the type; NaN is in no range. */
    private static BytesRef start(Value any) {
        if (any instanceof NumberValue) {
            return KeyType.key(Value.of(Double.NEGATIVE_INFINITY));
        }
        return new BytesRef(new byte[] {KeyType.key(any).bytes[0]});
    }

    /** A key behind all of the type, or the largest. */
    private static BytesRef end(Value any) {
        if (any instanceof NumberValue) {
            return KeyType.key(Value.of(Double.POSITIVE_INFINITY));
        }
        return new BytesRef(new byte[] {(byte) (KeyType.key(any).bytes[0] + 1)});
    }

    /** Whether the bytes are those behind all values of a type, or before them, and no value. */
    static boolean isEndOfType(BytesRef key) {
        return key.length == 1 && !SHORT.contains(key);
    }

    /** Ends of a range; a {@code null} is no end. */
    static final class Bounds {

        private Value lower;
        private Value upper;
        private boolean includesLower;
        private boolean includesUpper;

        void lower(Value value, boolean isIncluded) {
            lower = value;
            includesLower = isIncluded;
        }

        void upper(Value value, boolean isIncluded) {
            upper = value;
            includesUpper = isIncluded;
        }

        boolean isEmpty() {
            return lower == null && upper == null;
        }

        /** Whether both ends are of one type, if there are two. */
        boolean isOfOneType() {
            return lower == null || upper == null || lower.rank() == upper.rank();
        }
    }
}
