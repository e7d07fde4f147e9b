package io.smilodon.query.expression;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads paths as expressions do. A path maps over an array: it yields an array of what the elements
 * that are documents have there. A numeric step is a field's name, never an index. Arrays directly
 * inside arrays are not looked into.
 */
public final class PathReader {

    private PathReader() {}

    /** What the value has at the path, the value itself for a path without steps. */
    public static Value read(Value value, List<String> steps) {
        Value reached = value;
        for (int step = 0; step < steps.size(); step++) {
            switch (reached) {
                case Document document -> reached = document.get(steps.get(step));
                case ArrayValue array -> {
                    return readElements(array, steps.subList(step, steps.size()));
                }
                default -> {
                    return Missing.INSTANCE;
                }
            }
        }
        return reached;
    }

    private static Value readElements(ArrayValue array, List<String> steps) {
        List<Value> found = new ArrayList<>();
        for (Value element : array) {
            Steps.take();
            Value inside = element instanceof Document ? read(element, steps) : Missing.INSTANCE;
            if (inside != Missing.INSTANCE) {
                found.add(inside);
            }
        }
        return ArrayValue.of(found);
    }
}
