package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;

/** Walks a path through documents and, one level for each step, through arrays. */
final class PathWalk {

    private PathWalk() {}

    static boolean matches(Document document, FieldPath path, ValueTest test) {
        return walk(document, path, 0, test);
    }

    private static boolean walk(Value value, FieldPath path, int step, ValueTest test) {
        if (step == path.length()) {
            return reaches(value, test);
        }
        return switch (value) {
            case Document document ->
                    walk(document.get(path.steps().get(step)), path, step + 1, test);
            case ArrayValue array -> throughArray(array, path, step, test);
            default -> test.test(Missing.INSTANCE);
        };
    }

    private static boolean throughArray(
            ArrayValue array, FieldPath path, int step, ValueTest test) {
        for (Value element : array) {
            if (element instanceof Document && walk(element, path, step, test)) {
                return true;
            }
        }
        String name = path.steps().get(step);
        return FieldPath.isIndex(name)
                && walk(array.get(Integer.parseInt(name)), path, step + 1, test);
    }

    private static boolean reaches(Value value, ValueTest test) {
        if (test.test(value)) {
            return true;
        }
        if (value instanceof ArrayValue array && test.reachesIntoArrays()) {
            for (Value element : array) {
                if (test.test(element)) {
                    return true;
                }
            }
        }
        return false;
    }
}
