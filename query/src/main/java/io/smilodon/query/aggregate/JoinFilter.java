package io.smilodon.query.aggregate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.exec.MemoryAccount;
import io.smilodon.query.predicate.Equal;
import io.smilodon.query.predicate.In;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;

/**
 * The filter on the other collection that the equality form of {@code $lookup} makes of a document:
 * any value at the local path will do, elements of an array each for itself, and null where there
 * is none.
 */
final class JoinFilter {

    /** What a value takes in the list as it is found, sorted, and kept. */
    private static final long VALUE_BYTES = 24;

    private JoinFilter() {}

    /**
     * The filter for a document.
     *
     * @param memory accounts for its list until the next one is asked for
     */
    static Predicate of(Lookup.Join join, Document local, MemoryAccount memory) {
        List<Value> values = valuesAt(local, join.local());
        memory.reserve(values.size() * VALUE_BYTES);
        if (values.isEmpty()) {
            values.add(NullValue.INSTANCE);
        }
        return new Predicate.At(
                join.foreign(),
                values.size() == 1 ? new Equal(values.get(0)) : new In(values, List.of()),
                join.elementsLackFields());
    }

    /** The values at a path, elements of arrays each for itself; absent ones are none. */
    static List<Value> valuesAt(Document document, FieldPath path) {
        List<Value> values = new ArrayList<>();
        collect(document, path, 0, values);
        return values;
    }

    private static void collect(Value value, FieldPath path, int step, List<Value> values) {
        if (step == path.length()) {
            addEach(value, values);
            return;
        }
        String name = path.steps().get(step);
        if (value instanceof Document document) {
            collect(document.get(name), path, step + 1, values);
        } else if (value instanceof ArrayValue array) {
            for (Value element : array) {
                Steps.take();
                if (element instanceof Document) {
                    collect(element, path, step, values);
                }
            }
            if (FieldPath.isIndex(name)) {
                collect(array.get(Integer.parseInt(name)), path, step + 1, values);
            }
        }
    }

    private static void addEach(Value value, List<Value> values) {
        if (value instanceof ArrayValue array) {
            for (Value element : array) {
                Steps.take();
                values.add(element);
            }
        } else if (value != Missing.INSTANCE) {
            values.add(value);
        }
    }
}
