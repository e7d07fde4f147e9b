package io.smilodon.query.update;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.value.Growth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One walk down a path to the value that changes, and back up: only the documents and arrays on the
 * path are made anew. Absent documents on the way are created if the change wants it.
 */
final class PathUpdate {

    /** How far beyond its end an array may be extended, as in MongoDB. */
    static final int PADDING_MAX = 1_500_000;

    private final UpdatePath path;
    private final FieldChange change;
    private final UpdateContext context;

    PathUpdate(UpdatePath path, FieldChange change, UpdateContext context) {
        this.path = path;
        this.change = change;
        this.context = context;
    }

    /** The document after the change; the same one if nothing changed. */
    Document apply(Document before) {
        return inDocument(before, 0);
    }

    private Document inDocument(Document document, int depth) {
        String name = path.steps().get(depth).text();
        Value before = document.get(name);
        Value after = below(before, depth);
        if (after == before) {
            return document;
        }
        return after == Missing.INSTANCE ? document.without(name) : document.with(name, after);
    }

    /** What becomes of the value that the step at this depth leads to. */
    private Value below(Value value, int depth) {
        if (depth == path.steps().size() - 1) {
            return changed(value);
        }
        return switch (value) {
            case Document document -> inDocument(document, depth + 1);
            case ArrayValue array -> inArray(array, depth + 1);
            case Missing absent -> created(depth + 1);
            default -> notViable(value, depth + 1);
        };
    }

    private Value changed(Value before) {
        Value after = change.apply(before, context);
        if (after.equals(before)) {
            return before;
        }
        Growth.under(path.steps().size()).add(after);
        return after;
    }

    private Value created(int depth) {
        if (!change.createsPath()) {
            return Missing.INSTANCE;
        }
        Document made = inDocument(Document.EMPTY, depth);
        return made == Document.EMPTY ? Missing.INSTANCE : made;
    }

    private Value inArray(ArrayValue array, int depth) {
        return switch (path.steps().get(depth)) {
            case PathStep.Named step ->
                    step.isIndex() ? atIndex(array, step, depth) : notViable(array, depth);
        };
    }

    private Value atIndex(ArrayValue array, PathStep.Named step, int depth) {
        Value before = array.get(step.index());
        if (before == Missing.INSTANCE) {
            if (!change.createsPath()) {
                return array;
            }
            checkPadding(array, step);
        }
        Value after = below(before, depth);
        if (after == before) {
            return array;
        }
        // An element that goes away leaves null: those after it keep their places.
        Value element = after == Missing.INSTANCE ? NullValue.INSTANCE : after;
        return element == before ? array : withElement(array, step.index(), element);
    }

    private static ArrayValue withElement(ArrayValue array, int index, Value value) {
        List<Value> elements = new ArrayList<>(array.elements());
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

    /** A value that has no fields: left alone, or an error if the path must be made. */
    private Value notViable(Value value, int depth) {
        if (!change.createsPath()) {
            return value;
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("field", path.steps().get(depth).text());
        details.put("element", path.prefix(depth));
        details.put("type", value.type().alias());
        throw new SmilodonException(
                ErrorCode.PATH_NOT_VIABLE, "Cannot create field in element", details);
    }
}
