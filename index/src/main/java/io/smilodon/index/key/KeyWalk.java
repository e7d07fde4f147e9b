package io.smilodon.index.key;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** Collects the keys of one document; see {@link KeyExtractor}. Not thread-safe. */
final class KeyWalk {

    private static final ErrorCode AMBIGUOUS_FIELD = ErrorCode.location(16746);

    /** The order of keys whatever the directions of an index. */
    static final Comparator<IndexKey> ASCENDING = KeyWalk::compareAscending;

    private final KeyPattern pattern;
    private final boolean isSparse;
    private final ValueOrder order;
    private final NavigableSet<IndexKey> keys = new TreeSet<>(ASCENDING);
    private final List<Set<Integer>> arrayLengths = new ArrayList<>();

    KeyWalk(KeyPattern pattern, boolean isSparse, ValueOrder order) {
        this.pattern = pattern;
        this.isSparse = isSparse;
        this.order = order;
        pattern.parts().forEach(part -> arrayLengths.add(new TreeSet<>()));
    }

    ExtractedKeys keys(Document document) {
        List<Place> places = new ArrayList<>();
        for (int part = 0; part < pattern.length(); part++) {
            places.add(Place.open(document, 0));
        }
        expand(places);
        return new ExtractedKeys(List.copyOf(keys), new MultikeyPaths(arrayLengths));
    }

    /** Walks each part on until it ends or meets an array, then goes into that array. */
    private void expand(List<Place> from) {
        List<Place> places = new ArrayList<>();
        int inArray = -1;
        for (int part = 0; part < from.size(); part++) {
            Place place = walk(part, from.get(part));
            places.add(place);
            if (!place.isSettled) {
                arrayLengths.get(part).add(place.step);
                inArray = inArray < 0 ? part : sameArray(inArray, part, places);
            }
        }
        if (inArray < 0) {
            add(places);
        } else {
            expandArray(places, (ArrayValue) places.get(inArray).value);
        }
    }

    private Place walk(int part, Place from) {
        if (from.isSettled) {
            return from;
        }
        List<String> steps = path(part).steps();
        Value value = from.value;
        int step = from.step;
        while (step < steps.size() && value instanceof Document document) {
            value = document.get(steps.get(step));
            step++;
        }
        if (value instanceof ArrayValue) {
            return Place.open(value, step);
        }
        return step < steps.size() || value == Missing.INSTANCE
                ? Place.ABSENT
                : Place.settled(value);
    }

    /** All parts that are inside an array must be inside the same one. */
    private int sameArray(int first, int second, List<Place> places) {
        FieldPath one = path(first).prefix(places.get(first).step);
        FieldPath other = path(second).prefix(places.get(second).step);
        if (one.equals(other)) {
            return first;
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("fields", List.of(other.dotted(), one.dotted()));
        details.put("key", pattern);
        throw new SmilodonException(
                ErrorCode.CANNOT_INDEX_PARALLEL_ARRAYS, "cannot index parallel arrays", details);
    }

    private void expandArray(List<Place> places, ArrayValue array) {
        List<Place> fixed = new ArrayList<>();
        boolean isSameForAll = true;
        for (int part = 0; part < places.size(); part++) {
            Place place = places.get(part);
            Place next = place.isSettled ? place : positional(part, place, array);
            fixed.add(next);
            isSameForAll &= next != place || place.isSettled;
        }
        if (isSameForAll) {
            expand(fixed);
            return;
        }
        if (array.isEmpty()) {
            expand(into(fixed, places, UndefinedValue.INSTANCE));
        }
        for (Value element : array) {
            List<Place> next = into(fixed, places, element);
            if (areSettled(next)) {
                add(next);
            } else {
                expand(next);
            }
        }
    }

    private static boolean areSettled(List<Place> places) {
        for (Place place : places) {
            if (!place.isSettled) {
                return false;
            }
        }
        return true;
    }

    /** The place behind a numeric step that the array has as index; else the same place. */
    private Place positional(int part, Place place, ArrayValue array) {
        List<String> steps = path(part).steps();
        if (place.step == steps.size() || !FieldPath.isIndex(steps.get(place.step))) {
            return place;
        }
        String name = steps.get(place.step);
        Value element = array.get(Integer.parseInt(name));
        if (element == Missing.INSTANCE) {
            return place;
        }
        for (Value other : array) {
            if (other instanceof Document document && document.has(name)) {
                throw new SmilodonException(
                                AMBIGUOUS_FIELD,
                                "Ambiguous field name found in array (do not use numeric field"
                                        + " names in embedded elements in an array)",
                                Map.of("field", name, "path", path(part)))
                        .withHint("rename the field, or drop the index on this path");
            }
        }
        return place.step + 1 == steps.size()
                ? Place.settled(element)
                : Place.open(element, place.step + 1);
    }

    /** Moves the parts that are still at the array to one of its elements. */
    private List<Place> into(List<Place> fixed, List<Place> atArray, Value element) {
        List<Place> next = new ArrayList<>(fixed);
        for (int part = 0; part < next.size(); part++) {
            Place place = next.get(part);
            if (!place.isSettled && place == atArray.get(part)) {
                boolean isEnd = place.step == path(part).length();
                Value start = element instanceof Document ? element : Missing.INSTANCE;
                next.set(part, isEnd ? Place.settled(element) : Place.open(start, place.step));
            }
        }
        return next;
    }

    private void add(List<Place> places) {
        if (isSparse && places.stream().noneMatch(place -> place.isFound)) {
            return;
        }
        Value[] values = new Value[places.size()];
        for (int part = 0; part < values.length; part++) {
            values[part] = order.key(places.get(part).value);
        }
        keys.add(IndexKey.of(values));
    }

    private FieldPath path(int part) {
        return pattern.part(part).path();
    }

    private static int compareAscending(IndexKey left, IndexKey right) {
        for (int part = 0; part < left.values().size(); part++) {
            int order = IndexKey.compareValues(left.value(part), right.value(part));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /**
     * How far a part has got.
     *
     * @param value the final value, or where to walk on
     * @param step how many steps of the path lead to the value, while it is open
     * @param isSettled whether the value is final
     * @param isFound whether a final value was there
     */
    private record Place(Value value, int step, boolean isSettled, boolean isFound) {

        static final Place ABSENT = new Place(NullValue.INSTANCE, 0, true, false);

        static Place open(Value value, int step) {
            return new Place(value, step, false, false);
        }

        static Place settled(Value value) {
            return new Place(value, 0, true, true);
        }
    }
}
