package io.smilodon.index.geo;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Collects the values at the end of a path, through arrays on the way; an array at its end is one
 * value, because a pair of coordinates is an array. Used once; not thread-safe.
 */
public final class GeoPlaces {

    private final FieldPath path;
    private final List<Value> found = new ArrayList<>();
    private final Set<Integer> arrays = new TreeSet<>();

    private GeoPlaces(FieldPath path) {
        this.path = path;
    }

    static GeoPlaces in(Document document, FieldPath path) {
        GeoPlaces places = new GeoPlaces(path);
        places.walk(document, 0);
        return places;
    }

    /** The values that are single places, those in an array of places at the end too. */
    public static List<Value> single(Document document, FieldPath path) {
        List<Value> single = new ArrayList<>();
        for (Value value : in(document, path).found) {
            if (StoredGeometry.isPlace(value)) {
                single.add(value);
            } else if (value instanceof ArrayValue array) {
                array.forEach(single::add);
            }
        }
        return single;
    }

    /** The values, whatever they are. */
    List<Value> values() {
        return found;
    }

    /** The lengths of the prefixes of the path that are arrays. */
    Set<Integer> arrays() {
        return arrays;
    }

    private void walk(Value value, int step) {
        if (step == path.length()) {
            if (value != Missing.INSTANCE) {
                found.add(value);
            }
            return;
        }
        String name = path.steps().get(step);
        switch (value) {
            case Document document -> walk(document.get(name), step + 1);
            case ArrayValue array -> walkArray(array, step);
            default -> {}
        }
    }

    private void walkArray(ArrayValue array, int step) {
        arrays.add(step);
        String name = path.steps().get(step);
        if (FieldPath.isIndex(name) && array.get(Integer.parseInt(name)) != Missing.INSTANCE) {
            walk(array.get(Integer.parseInt(name)), step + 1);
        }
        for (Value element : array) {
            if (element instanceof Document document) {
                walk(document, step);
            }
        }
    }
}
