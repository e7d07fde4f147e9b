package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The values that a test looked at: those at the end of its path, and of arrays there the elements
 * in their place where the test is about them. Not thread-safe.
 */
final class ConsideredValues {

    /** How many are shown. */
    static final int SHOWN_MAX = 10;

    private final FieldPath path;
    private final boolean opensArrays;
    private final List<Value> values = new ArrayList<>();
    private boolean areThere;

    private ConsideredValues(FieldPath path, boolean opensArrays) {
        this.path = path;
        this.opensArrays = opensArrays;
    }

    static ConsideredValues at(Predicate.At at, Document document) {
        ConsideredValues values = new ConsideredValues(at.path(), at.test().reachesIntoArrays());
        values.collect(document, 0);
        return values;
    }

    private void collect(Value value, int step) {
        if (step == path.length()) {
            areThere = true;
            addEnd(value);
            return;
        }
        String name = path.steps().get(step);
        switch (value) {
            case Document document -> collectPresent(document.get(name), step + 1);
            case ArrayValue array -> {
                for (Value element : array) {
                    if (element instanceof Document && !isEnough()) {
                        collect(element, step);
                    }
                }
                if (FieldPath.isIndex(name)) {
                    collectPresent(array.get(Integer.parseInt(name)), step + 1);
                }
            }
            default -> {} // no fields here
        }
    }

    private void collectPresent(Value value, int step) {
        if (value != Missing.INSTANCE) {
            collect(value, step);
        }
    }

    private void addEnd(Value value) {
        if (opensArrays && value instanceof ArrayValue array) {
            for (Value element : array) {
                if (!isEnough()) {
                    values.add(element);
                }
            }
        } else {
            values.add(value);
        }
    }

    /** One more than are shown: then it is known that there are more. */
    private boolean isEnough() {
        return values.size() > SHOWN_MAX;
    }

    /** Whether the path leads anywhere. */
    boolean areThere() {
        return areThere;
    }

    void describe(DocumentBuilder failure) {
        if (values.size() == 1) {
            failure.put("consideredValue", values.get(0));
            return;
        }
        failure.put("consideredValues", ArrayValue.of(shown()));
        if (values.size() > SHOWN_MAX) {
            failure.put("consideredValuesTruncated", true);
        }
    }

    private List<Value> shown() {
        return values.subList(0, Math.min(SHOWN_MAX, values.size()));
    }

    void describeTypes(DocumentBuilder failure) {
        List<Value> types =
                shown().stream()
                        .map(value -> value.type().alias())
                        .sorted()
                        .distinct()
                        .map(Value::of)
                        .toList();
        if (types.size() == 1) {
            failure.put("consideredType", types.get(0));
        } else if (!types.isEmpty()) {
            failure.put("consideredTypes", ArrayValue.of(types));
        }
    }
}
