package io.smilodon.database.stream;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One thing that an update did to a document.
 *
 * @param path to the place: names of fields as strings, indexes of elements as int32s
 * @param newSize to how many elements an array was cut; without it the place has another value, or
 *     none any more
 */
public record PathChange(List<Value> path, OptionalInt newSize) {

    public PathChange {
        path = List.copyOf(path);
    }

    static PathChange of(List<Value> path) {
        return new PathChange(path, OptionalInt.empty());
    }

    static PathChange cut(List<Value> path, int newSize) {
        return new PathChange(path, OptionalInt.of(newSize));
    }

    /** The path as MongoDB writes it, which does not tell an index from a name. */
    String dotted() {
        return path.stream()
                .map(step -> step instanceof StringValue name ? name.value() : index(step))
                .collect(Collectors.joining("."));
    }

    private static String index(Value step) {
        return Integer.toString(((Int32Value) step).value());
    }

    /** Whether a reader of the dotted path could take it for another one. */
    boolean isAmbiguous() {
        for (int place = 0; place < path.size(); place++) {
            if (path.get(place) instanceof StringValue name) {
                boolean isLikeIndex = place > 0 && FieldPath.isIndex(name.value());
                if (isLikeIndex || name.value().indexOf('.') >= 0) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What the document has there. */
    Value in(Document document) {
        Value value = document;
        for (Value step : path) {
            value =
                    switch (value) {
                        case Document inner ->
                                step instanceof StringValue name
                                        ? inner.get(name.value())
                                        : Missing.INSTANCE;
                        case ArrayValue array ->
                                step instanceof Int32Value index
                                        ? array.get(index.value())
                                        : Missing.INSTANCE;
                        default -> Missing.INSTANCE;
                    };
        }
        return value;
    }

    /** The way to it, up to the first array. */
    private List<Value> outsideArrays() {
        int length = 0;
        while (length < path.size() && path.get(length) instanceof StringValue) {
            length++;
        }
        return path.subList(0, length);
    }

    /**
     * What several updates, one after the other, come to: what each of them changed, seen in the
     * document as it is after all of them. Since a later one may have moved the elements that an
     * earlier one changed, arrays are taken as a whole.
     */
    static List<PathChange> together(List<PathChange> changes) {
        Set<List<Value>> whole = new LinkedHashSet<>();
        changes.forEach(change -> whole.add(change.outsideArrays()));
        return whole.stream().filter(path -> !isInside(path, whole)).map(PathChange::of).toList();
    }

    private static boolean isInside(List<Value> path, Set<List<Value>> others) {
        for (int length = 1; length < path.size(); length++) {
            if (others.contains(path.subList(0, length))) {
                return true;
            }
        }
        return false;
    }
}
