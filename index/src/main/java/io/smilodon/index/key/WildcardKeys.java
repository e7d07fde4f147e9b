package io.smilodon.index.key;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.MinKey;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys of a wildcard index: the path and the value of every field that the scope holds, as
 * MongoDB makes them, between the values of the other fields of the index. A document that is not
 * empty has keys for its fields only. An array has a key for each element: its value, or the keys
 * of its fields if it is a document; an array inside an array is a value. An empty array is
 * undefined. To a field whose name has a dot in it no path leads: another character stands there in
 * its entries, which say only what is around it.
 *
 * <p>The other fields are no arrays; an absent one is null. If there are some before the wildcard,
 * a document that the scope holds nothing of has one key, in which MinKey stands for the path and
 * the value: so the index leads to every document by the first fields. Immutable and thread-safe.
 */
public final class WildcardKeys implements DocumentKeys {

    /** In the place of the dot; no path of a query has it. */
    private static final char UNREACHABLE = '\0';

    private static final ErrorCode ARRAY = ErrorCode.location(7246301);

    private final KeyPattern pattern;
    private final int wildcard;
    private final WildcardScope scope;
    private final ValueOrder order;

    /**
     * @param pattern with a wildcard, as users write it
     * @param order compares values; for strings of a collation its keys of them stand in the keys
     */
    public WildcardKeys(KeyPattern pattern, WildcardScope scope, ValueOrder order) {
        this.pattern = pattern;
        this.wildcard = pattern.wildcard().orElseThrow();
        this.scope = scope;
        this.order = order;
    }

    /**
     * The keys of the document.
     *
     * @throws SmilodonException 7246301 if a field beside the wildcard is an array, or lies in one
     */
    @Override
    public ExtractedKeys keys(Document document) {
        Walk walk = new Walk(values(0, wildcard, document), values(wildcard + 1, document));
        walk.fields("", document);
        if (walk.keys.isEmpty() && wildcard > 0) {
            walk.put(MinKey.INSTANCE, MinKey.INSTANCE);
        }
        return new ExtractedKeys(
                List.copyOf(walk.keys),
                MultikeyPaths.none(pattern.length()),
                ArrayPaths.of(walk.arrays));
    }

    /** A field below another takes away the key of that one as an empty document. */
    @Override
    public boolean mayChangeAt(FieldPath path) {
        return scope.mayHold(path.first()) || pattern.mayChangeAt(path);
    }

    private List<Value> values(int from, Document document) {
        return values(from, pattern.length(), document);
    }

    private List<Value> values(int from, int to, Document document) {
        List<Value> values = new ArrayList<>(to - from);
        for (KeyPart part : pattern.parts().subList(from, to)) {
            values.add(order.key(value(part.path(), document)));
        }
        return values;
    }

    private static Value value(FieldPath path, Document document) {
        Value value = document;
        for (String step : path.steps()) {
            value = value instanceof Document inner ? inner.get(step) : Missing.INSTANCE;
            if (value instanceof ArrayValue) {
                throw new SmilodonException(
                                ARRAY,
                                "a field beside the wildcard of an index cannot be an array",
                                Map.of("path", path))
                        .withHint("have the wildcard reach it, or index it by itself");
            }
        }
        return value == Missing.INSTANCE ? NullValue.INSTANCE : value;
    }

    /** Collects the keys of one document. Not thread-safe. */
    private final class Walk {

        private final List<Value> before;
        private final List<Value> behind;
        private final NavigableSet<IndexKey> keys = new TreeSet<>(KeyWalk.ASCENDING);
        private final Set<String> arrays = new HashSet<>();

        /**
         * @param before what stands before the wildcard in every key
         * @param behind what stands behind it
         */
        Walk(List<Value> before, List<Value> behind) {
            this.before = before;
            this.behind = behind;
        }

        /**
         * @param prefix of the paths of the document's fields: empty, or ending in a dot; a field
         *     may have the empty name
         */
        void fields(String prefix, Document document) {
            for (Field field : document) {
                String path = prefix + field.name().replace('.', UNREACHABLE);
                if (scope.mayHold(path)) {
                    field(path, field.value());
                }
            }
        }

        private void field(String path, Value value) {
            if (value instanceof ArrayValue array) {
                arrays.add(path);
                if (array.isEmpty()) {
                    add(path, UndefinedValue.INSTANCE);
                }
                array.forEach(element -> single(path, element));
            } else {
                single(path, value);
            }
        }

        private void single(String path, Value value) {
            if (value instanceof Document document && !document.isEmpty()) {
                fields(path + ".", document);
            } else {
                add(path, value);
            }
        }

        private void add(String path, Value value) {
            if (scope.holds(path)) {
                put(new StringValue(path), order.key(value));
            }
        }

        private void put(Value path, Value value) {
            List<Value> values = new ArrayList<>(before);
            values.add(path);
            values.add(value);
            values.addAll(behind);
            keys.add(new IndexKey(values));
        }
    }
}
