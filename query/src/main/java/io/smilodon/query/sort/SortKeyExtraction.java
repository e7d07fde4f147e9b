package io.smilodon.query.sort;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.metadata.AnnotatedDocument;
import io.smilodon.query.metadata.MetadataKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the sort key of one document: the least of the tuples that its arrays make, each element of
 * an array giving one. Paths under one array take their values from the same element, as in an
 * index. Used once.
 */
final class SortKeyExtraction {

    private final SortPattern pattern;
    private SortKey least;

    SortKeyExtraction(SortPattern pattern) {
        this.pattern = pattern;
    }

    SortKey of(Document document) {
        State start = new State(pattern.parts().size());
        for (int part = 0; part < start.values.length; part++) {
            start.begin(part, document);
        }
        expand(start);
        return least;
    }

    /** Takes the tuple if it is complete, else one for each element of the array in its way. */
    private void expand(State state) {
        int blocked = state.firstBlocked();
        if (blocked < 0) {
            offer(new SortKey(List.of(state.values)));
            return;
        }
        requireNoOtherArray(state, blocked);
        ArrayValue array = state.arrays[blocked];
        boolean isEmpty = true;
        for (Value element : array) {
            isEmpty = false;
            Steps.take();
            State next = state.copy();
            for (int part = blocked; part < next.values.length; part++) {
                if (state.isBlocked(part)) {
                    next.enter(part, element);
                }
            }
            expand(next);
        }
        if (isEmpty) {
            State next = state.copy();
            for (int part = blocked; part < next.values.length; part++) {
                if (state.isBlocked(part)) {
                    next.leaveEmpty(part);
                }
            }
            expand(next);
        }
    }

    private void requireNoOtherArray(State state, int blocked) {
        FieldPath path = path(blocked).prefix(state.steps[blocked]);
        for (int part = blocked + 1; part < state.values.length; part++) {
            if (state.isBlocked(part) && !path.equals(path(part).prefix(state.steps[part]))) {
                throw new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        "cannot sort with keys that are parallel arrays",
                        Map.of("paths", List.of(path(blocked), path(part))));
            }
        }
    }

    private void offer(SortKey key) {
        if (least == null || pattern.compare(key, least) < 0) {
            least = key;
        }
    }

    private FieldPath path(int part) {
        return pattern.parts().get(part).path();
    }

    /** A tuple in the making: each part is a value already, or waits before an array. */
    private final class State {

        private final Value[] values;
        private final ArrayValue[] arrays;
        private final int[] steps;

        State(int parts) {
            this(new Value[parts], new ArrayValue[parts], new int[parts]);
        }

        private State(Value[] values, ArrayValue[] arrays, int[] steps) {
            this.values = values;
            this.arrays = arrays;
            this.steps = steps;
        }

        State copy() {
            return new State(values.clone(), arrays.clone(), steps.clone());
        }

        boolean isBlocked(int part) {
            return arrays[part] != null;
        }

        int firstBlocked() {
            for (int part = 0; part < values.length; part++) {
                if (isBlocked(part)) {
                    return part;
                }
            }
            return -1;
        }

        void begin(int part, Document document) {
            Optional<MetadataKind> kind = pattern.parts().get(part).metadata();
            if (kind.isPresent()) {
                settle(part, metadata(document, kind.get()));
            } else {
                walk(part, document, 0);
            }
        }

        private static Value metadata(Document document, MetadataKind kind) {
            Value known = AnnotatedDocument.metadata(document).get(kind);
            if (known == Missing.INSTANCE) {
                throw kind.unavailable();
            }
            return known;
        }

        /** Follows the part's path from a value on, up to its end or an array. */
        void walk(int part, Value from, int firstStep) {
            FieldPath path = path(part);
            Value value = from;
            int step = firstStep;
            while (step < path.length()) {
                String name = path.steps().get(step);
                if (value instanceof Document document) {
                    value = document.get(name);
                } else if (value instanceof ArrayValue array && isPosition(array, name)) {
                    value = array.get(Integer.parseInt(name));
                } else {
                    break;
                }
                step++;
            }
            if (value instanceof ArrayValue array) {
                arrays[part] = array;
                steps[part] = step;
            } else {
                settle(part, step == path.length() ? value : Missing.INSTANCE);
            }
        }

        /** A number names an element, unless the array's documents have a field of that name. */
        private boolean isPosition(ArrayValue array, String name) {
            if (!FieldPath.isIndex(name)) {
                return false;
            }
            for (Value element : array) {
                if (element instanceof Document document && document.has(name)) {
                    return false;
                }
            }
            return true;
        }

        void enter(int part, Value element) {
            int step = steps[part];
            arrays[part] = null;
            if (step == path(part).length()) {
                settle(part, element);
            } else if (element instanceof Document document) {
                walk(part, document, step);
            } else {
                settle(part, Missing.INSTANCE);
            }
        }

        void leaveEmpty(int part) {
            arrays[part] = null;
            boolean isItself = steps[part] == path(part).length();
            settle(part, isItself ? UndefinedValue.INSTANCE : Missing.INSTANCE);
        }

        private void settle(int part, Value value) {
            values[part] = value == Missing.INSTANCE ? NullValue.INSTANCE : value;
        }
    }
}
