package io.smilodon.database.stream;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.update.ManyLookups;
import io.smilodon.query.update.TouchedPath;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what update operators did to a document, at the places that they name, and tells it as
 * MongoDB does: elements that are named by an index or met by {@code $[]}, and those that {@code
 * $push} put at the end, one by one; what else changed in an array, as the whole array. Not
 * thread-safe.
 */
final class TouchedPlaces {

    /** New elements that are told one by one in all; where there are more, the whole array is. */
    static final int ELEMENTS_MAX = 10_000;

    private final Document before;
    private final Document after;
    private final Set<PathChange> changes = new LinkedHashSet<>();

    private TouchedPlaces(Document before, Document after) {
        this.before = before;
        this.after = after;
    }

    /**
     * @param after the document behind an update; the same one if that changed nothing
     */
    static List<PathChange> changes(Document before, Document after, List<TouchedPath> paths) {
        if (before == after) {
            return List.of();
        }
        if (paths.size() == 1 && paths.getFirst().isField()) { // nothing else can have changed
            Value name = new StringValue(paths.getFirst().path().first());
            return List.of(PathChange.of(List.of(name)));
        }
        TouchedPlaces places =
                new TouchedPlaces(
                        ManyLookups.in(before, paths.size()), ManyLookups.in(after, paths.size()));
        paths.forEach(places::follow);
        return List.copyOf(places.changes);
    }

    /** Goes along a path as far as there was something before: what is made anew is told whole. */
    private void follow(TouchedPath touched) {
        List<Value> way = new ArrayList<>();
        Value earlier = before;
        Value later = after;
        for (String step : touched.path().steps()) {
            Steps.take();
            if (earlier instanceof ArrayValue array && FieldPath.isIndex(step)) {
                int index = Integer.parseInt(step);
                if (array.get(index) == Missing.INSTANCE) {
                    compare(way, earlier, later, touched);
                    return;
                }
                way.add(new Int32Value(index));
                earlier = array.get(index);
                later = later instanceof ArrayValue other ? other.get(index) : Missing.INSTANCE;
            } else {
                way.add(new StringValue(step));
                earlier = field(earlier, step);
                later = field(later, step);
            }
            if (earlier == Missing.INSTANCE || later == Missing.INSTANCE) {
                break;
            }
        }
        compare(way, earlier, later, touched);
    }

    private static Value field(Value value, String name) {
        return value instanceof Document document ? document.get(name) : Missing.INSTANCE;
    }

    private void compare(List<Value> way, Value earlier, Value later, TouchedPath touched) {
        if (earlier.equals(later)) {
            return;
        }
        boolean isAbove = way.size() < touched.stepCount();
        if (earlier instanceof ArrayValue from
                && later instanceof ArrayValue to
                && (isAbove || touched.isAppended())) {
            arrays(way, from, to, touched);
        } else if (isAbove && earlier instanceof Document from && later instanceof Document to) {
            documents(way, from, to, touched);
        } else {
            changes.add(PathChange.of(way));
        }
    }

    private void documents(List<Value> way, Document from, Document to, TouchedPath touched) {
        Map<String, Value> left = new LinkedHashMap<>();
        from.forEach(field -> left.put(field.name(), field.value()));
        for (Field field : to) {
            Steps.take();
            Value earlier = left.getOrDefault(field.name(), Missing.INSTANCE);
            left.remove(field.name());
            compare(with(way, new StringValue(field.name())), earlier, field.value(), touched);
        }
        for (String gone : left.keySet()) {
            changes.add(PathChange.of(with(way, new StringValue(gone))));
        }
    }

    private void arrays(List<Value> way, ArrayValue from, ArrayValue to, TouchedPath touched) {
        int common = commonSize(from, to);
        int oldSize = from.size();
        int newSize = to.size();
        boolean isLonger = oldSize == common && newSize > common;
        if (isLonger && changes.size() + (newSize - common) <= ELEMENTS_MAX) {
            for (int index = common; index < newSize; index++) {
                Steps.take();
                changes.add(PathChange.of(with(way, new Int32Value(index))));
            }
        } else if (oldSize == newSize && way.size() < touched.stepCount()) {
            elements(way, from, to, touched);
        } else {
            changes.add(PathChange.of(way));
        }
    }

    /** How many elements at the beginning are the same. */
    private static int commonSize(ArrayValue from, ArrayValue to) {
        Iterator<Value> earlier = from.iterator();
        Iterator<Value> later = to.iterator();
        int count = 0;
        while (earlier.hasNext() && later.hasNext() && earlier.next().equals(later.next())) {
            Steps.take();
            count++;
        }
        return count;
    }

    private void elements(List<Value> way, ArrayValue from, ArrayValue to, TouchedPath touched) {
        Iterator<Value> later = to.iterator();
        int index = 0;
        for (Value earlier : from) {
            Steps.take();
            compare(with(way, new Int32Value(index)), earlier, later.next(), touched);
            index++;
        }
    }

    private static List<Value> with(List<Value> way, Value step) {
        List<Value> longer = new ArrayList<>(way);
        longer.add(step);
        return longer;
    }
}
