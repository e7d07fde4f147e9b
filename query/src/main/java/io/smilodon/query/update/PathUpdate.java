package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One walk down a path to the value that changes, and back up: only the documents and arrays on the
 * path are made anew, or changed in place where they are {@link Open}. Absent documents on the way
 * are created if the change wants it.
 */
final class PathUpdate {

    /** How far beyond its end an array may be extended, as in MongoDB. */
    static final int PADDING_MAX = 1_500_000;

    private final UpdatePath path;
    private final FieldChange change;
    private final UpdateRun run;

    /**
     * A change at the end of a path.
     *
     * @param path without {@code $}
     */
    PathUpdate(UpdatePath path, FieldChange change, UpdateRun run) {
        this.path = path;
        this.change = change;
        this.run = run;
    }

    /** The document after the change; the same one if nothing changed or it is open. */
    Document apply(Document before) {
        Value original = path.isPositional() ? run.original() : Missing.INSTANCE;
        return inDocument(new Place(before, original), 0);
    }

    /** A value, and the one that stood there before all changes, where array filters may ask. */
    private record Place(Value value, Value original) {

        private static Value field(Value parent, String name) {
            return parent instanceof Document document ? document.get(name) : Missing.INSTANCE;
        }

        Place element(int index) {
            return new Place(element(value, index), element(original, index));
        }

        private static Value element(Value parent, int index) {
            return parent instanceof ArrayValue array ? array.get(index) : Missing.INSTANCE;
        }
    }

    private Document inDocument(Place parent, int depth) {
        Document document = (Document) parent.value;
        String name = path.steps().get(depth).text();
        Value original = Place.field(parent.original, name);
        Document changed =
                document.changed(name, before -> below(new Place(before, original), depth));
        if (depth > 0
                && changed
                        != document) { // the outermost one is copied once a change, and open where
            // those are many
            Steps.take(changed.size());
        }
        return changed;
    }

    /** What becomes of the value that the step at this depth leads to. */
    private Value below(Place place, int depth) {
        if (depth == path.steps().size() - 1) {
            return changed(place.value);
        }
        int next = depth + 1;
        return switch (path.steps().get(next)) {
            case PathStep.Elements elements ->
                    inElements(place, elements.under(run.context().order()), next);
            case PathStep.Named name -> inNamed(place, name, next);
            case PathStep.Matched open -> throw new AssertionError("$ is resolved before");
        };
    }

    private Value inNamed(Place place, PathStep.Named step, int depth) {
        return switch (place.value) {
            case Document document -> inDocument(place, depth);
            case ArrayValue array ->
                    step.isIndex() ? atIndex(place, step, depth) : notViable(array, depth);
            case Missing absent -> created(depth);
            default -> notViable(place.value, depth);
        };
    }

    private Value changed(Value before) {
        Value after = change.apply(before, run.context());
        if (after == before || after.equals(before)) {
            return before;
        }
        run.made(after, path.steps().size());
        return after;
    }

    private Value created(int depth) {
        requireNoElements(depth);
        if (!change.createsPath()) {
            return Missing.INSTANCE;
        }
        Document made = inDocument(new Place(Document.EMPTY, Document.EMPTY), depth);
        return made == Document.EMPTY ? Missing.INSTANCE : made;
    }

    /** Every element that the step admits; the array itself if none changes. */
    private Value inElements(Place place, PathStep.Elements step, int depth) {
        if (place.value == Missing.INSTANCE) {
            throw mustExist(depth);
        }
        if (!(place.value instanceof ArrayValue array)) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "Cannot apply array updates to non-array element",
                    Map.of("path", path.prefix(depth), "actual", place.value.type().alias()));
        }
        Iterator<Value> originals = elements(place.original);
        List<Value> after = new ArrayList<>();
        boolean isChanged = false;
        for (Value element : array) {
            run.visit();
            Value original = originals.hasNext() ? originals.next() : Missing.INSTANCE;
            Value changed = element;
            if (step.admits(original)) {
                changed = orNull(below(new Place(element, original), depth));
            }
            isChanged |= changed != element;
            after.add(changed);
        }
        return isChanged ? ArrayValue.of(after) : array;
    }

    private static Iterator<Value> elements(Value value) {
        return value instanceof ArrayValue array ? array.iterator() : List.<Value>of().iterator();
    }

    /** An element that goes away leaves null: those after it keep their places. */
    private static Value orNull(Value element) {
        return element == Missing.INSTANCE ? NullValue.INSTANCE : element;
    }

    private Value atIndex(Place place, PathStep.Named step, int depth) {
        ArrayValue array = (ArrayValue) place.value;
        Place named = place.element(step.index());
        if (named.value == Missing.INSTANCE) {
            requireNoElements(depth + 1);
            if (!change.createsPath()) {
                return array;
            }
            checkPadding(array, step);
            run.padded(step.index() - (long) array.size());
        }
        Value after = below(named, depth);
        if (after == named.value) {
            return array;
        }
        Value element = orNull(after);
        return element == named.value ? array : withElement(array, step.index(), element);
    }

    private static ArrayValue withElement(ArrayValue array, int index, Value value) {
        if (array instanceof OpenArray open) {
            open.set(index, value);
            return open;
        }
        List<Value> elements = new ArrayList<>(array.elements());
        Steps.take(elements.size());
        if (index < elements.size()) {
            elements.set(index, value);
        } else {
            elements.addAll(Collections.nCopies(index - elements.size(), NullValue.INSTANCE));
            elements.add(value);
        }
        return ArrayValue.of(elements);
    }

    private void checkPadding(ArrayValue array, PathStep.Named step) {
        if (step.index() - (long) array.size() > PADDING_MAX) {
            throw new SmilodonException(
                    ErrorCode.CANNOT_BACKFILL_ARRAY,
                    "can't backfill more than 1500000 elements",
                    Map.of("path", path.dotted(), "index", step.text(), "size", array.size()));
        }
    }

    /** A value that has no fields, or an array and no index. */
    private Value notViable(Value value, int depth) {
        requireNoElements(depth);
        if (!change.needsViablePath()) {
            return value;
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("field", path.steps().get(depth).text());
        details.put("element", path.prefix(depth));
        details.put("type", value.type().alias());
        throw new SmilodonException(
                ErrorCode.PATH_NOT_VIABLE,
                change.createsPath()
                        ? "Cannot create field in element"
                        : "Cannot use the part of the path to traverse the element",
                details);
    }

    /** Refuses to go on without the arrays whose elements are meant further down. */
    private void requireNoElements(int depth) {
        for (int i = depth; i < path.steps().size(); i++) {
            if (path.steps().get(i) instanceof PathStep.Elements) {
                throw mustExist(i);
            }
        }
    }

    private SmilodonException mustExist(int depth) {
        return new SmilodonException(
                ErrorCode.BAD_VALUE,
                "The path must exist in the document in order to apply array updates.",
                Map.of("path", path.prefix(depth)));
    }
}
