package io.smilodon.query.predicate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import java.util.OptionalInt;

/**
 * Walks a path through documents and, one level for each step, through arrays, until a value
 * passes. Reads no more of a stored document than the path names, and allocates nothing itself.
 *
 * <p>A step that is a number names both the element of an array and the field of that name in the
 * documents among the elements. An element named by its index is tested itself: its own elements
 * are not. Such a step asks no other element for a field, so none lacks it.
 */
final class PathWalk {

    private static final int NO_INDEX = -1;
    private static final int ELEMENTS_PER_COUNT = 16;

    private final FieldPath path;
    private final ValueTest test;
    private final boolean elementsLackFields;

    /** Where in the outermost array that was gone through the walk ended. */
    private int position = NO_INDEX;

    /** The array at the end of the path, if the walk ended at one that asks its elements. */
    private Value last = Missing.INSTANCE;

    private PathWalk(Predicate.At condition) {
        this.path = condition.path();
        this.test = condition.test();
        this.elementsLackFields = condition.elementsLackFields();
    }

    static boolean matches(Document document, Predicate.At condition) {
        return new PathWalk(condition).inDocument(document, 0);
    }

    /** Whether what stands at the end of the path passes, itself or by an element. */
    static boolean passes(Value value, Predicate.At condition) {
        return new PathWalk(condition).passes(value);
    }

    /**
     * The index of the first element that passes, or through which the path leads to what passes,
     * in the outermost array on the way. Elements that the path names by their index are not found,
     * so they do not count.
     */
    static OptionalInt position(Document document, Predicate.At condition) {
        PathWalk walk = new PathWalk(condition);
        int position = walk.inDocument(document, 0) ? walk.position() : NO_INDEX;
        return position == NO_INDEX ? OptionalInt.empty() : OptionalInt.of(position);
    }

    private int position() {
        if (position != NO_INDEX || !(last instanceof ArrayValue array)) {
            return position;
        }
        if (!test.reachesIntoArrays()) {
            return test.firstPassing(array);
        }
        int index = 0;
        for (Value element : array) {
            if (test.test(element)) {
                return index;
            }
            index++;
        }
        return NO_INDEX;
    }

    private boolean inDocument(Document document, int step) {
        Value value = document.get(path.steps().get(step));
        int next = step + 1;
        if (next == path.length()) {
            return passes(value);
        }
        return switch (value) {
            case Document inner -> inDocument(inner, next);
            case ArrayValue array -> inArray(array, next);
            default -> test.test(Missing.INSTANCE);
        };
    }

    private boolean inArray(ArrayValue array, int step) {
        int named = index(path.steps().get(step));
        boolean areLacking = elementsLackFields && named == NO_INDEX;
        int index = 0;
        for (Value element : array) {
            takeStep(index);
            if (element instanceof Document document) {
                if (inDocument(document, step)) {
                    position = index;
                    return true;
                }
            } else if (areLacking && test.test(Missing.INSTANCE)) {
                position = index;
                return true;
            }
            if (index == named && isPassedByNamed(element, step + 1)) {
                return true;
            }
            index++;
        }
        return areLacking && index == 0 && test.test(Missing.INSTANCE);
    }

    private boolean isPassedByNamed(Value element, int step) {
        if (step == path.length()) {
            return isPassedByItself(element);
        }
        return switch (element) {
            case Document document -> inDocument(document, step);
            case ArrayValue array -> inArray(array, step);
            default -> false;
        };
    }

    private boolean isPassedByItself(Value element) {
        boolean passes = test.test(element);
        if (passes && !test.reachesIntoArrays()) {
            last = element;
        }
        return passes;
    }

    private boolean passes(Value value) {
        if (test.test(value)) {
            last = value;
            return true;
        }
        if (value instanceof ArrayValue array && test.reachesIntoArrays()) {
            int index = 0;
            for (Value element : array) {
                takeStep(index++);
                if (test.test(element)) {
                    last = value;
                    return true;
                }
            }
        }
        return false;
    }

    /** Counts elements by groups: counting costs about as much as a test. */
    private static void takeStep(int index) {
        if (index % ELEMENTS_PER_COUNT == 0) {
            Steps.take(ELEMENTS_PER_COUNT);
        }
    }

    /** The array index that a step names; {@link #NO_INDEX} if it is a name only. */
    private static int index(String step) {
        char first = step.isEmpty() ? 'x' : step.charAt(0);
        // Nearly all steps are names: settle those by their first character.
        return first >= '0' && first <= '9' && FieldPath.isIndex(step)
                ? Integer.parseInt(step)
                : NO_INDEX;
    }
}
