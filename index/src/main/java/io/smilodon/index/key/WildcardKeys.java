package io.smilodon.index.key;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys of a wildcard index: the path and the value of every field that the scope holds, as
 * MongoDB makes them. A document that is not empty has keys for its fields only. An array has a key
 * for each element: its value, or the keys of its fields if it is a document; an array inside an
 * array is a value. An empty array is undefined. To a field whose name has a dot in it no path
 * leads: another character stands there in its entries, which say only what is around it. Immutable
 * and thread-safe.
 */
public final class WildcardKeys implements DocumentKeys {

    /** In the place of the dot; no path of a query has it. */
    private static final char UNREACHABLE = '\0';

    private final WildcardScope scope;
    private final ValueOrder order;

    public WildcardKeys(WildcardScope scope, ValueOrder order) {
        this.scope = scope;
        this.order = order;
    }

    @Override
    public ExtractedKeys keys(Document document) {
        Walk walk = new Walk();
        walk.fields("", document);
        return new ExtractedKeys(
                List.copyOf(walk.keys), MultikeyPaths.none(1), ArrayPaths.of(walk.arrays));
    }

    /** A field below another takes away the key of that one as an empty document. */
    @Override
    public boolean mayChangeAt(FieldPath path) {
        return scope.mayHold(path.first());
    }

    /** Collects the keys of one document. Not thread-safe. */
    private final class Walk {

        private final NavigableSet<IndexKey> keys = new TreeSet<>(KeyWalk.ASCENDING);
        private final Set<String> arrays = new HashSet<>();

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
                keys.add(new IndexKey(List.of(new StringValue(path), order.key(value))));
            }
        }
    }
}
