package io.smilodon.rest.graphql;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/** What is at a path; where there is an array on the way, at the path of each of its elements. */
final class Paths {

    private Paths() {}

    static Value at(Value value, FieldPath path) {
        return at(value, path.steps());
    }

    private static Value at(Value value, List<String> steps) {
        if (steps.isEmpty()) {
            return value;
        }
        return switch (value) {
            case Document document ->
                    at(document.get(steps.get(0)), steps.subList(1, steps.size()));
            case ArrayValue array -> {
                List<Value> found = new ArrayList<>();
                for (Value element : array) {
                    Value inside = at(element, steps);
                    if (inside != Missing.INSTANCE) {
                        found.add(inside);
                    }
                }
                yield ArrayValue.of(found);
            }
            default -> Missing.INSTANCE;
        };
    }

    /** The values that a filter on the path would compare: of an array, its elements. */
    static List<Value> each(Value value) {
        return switch (value) {
            case ArrayValue array ->
                    array.elements().stream().flatMap(element -> each(element).stream()).toList();
            default -> value.isNullish() ? List.of() : List.of(value);
        };
    }
}
