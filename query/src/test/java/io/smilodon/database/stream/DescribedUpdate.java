package io.smilodon.database.stream;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Carries out, in a copy of a document, what an update event tells: as a follower would. */
public final class DescribedUpdate {

    private DescribedUpdate() {}

    /** The document after the update; names in it have no dots and no digits alone. */
    public static Document apply(Document before, Document description) {
        Value after = before;
        for (Value cut : (ArrayValue) description.get("truncatedArrays")) {
            Document told = (Document) cut;
            long size = ((NumberValue) told.get("newSize")).toLong();
            List<String> path = path(((StringValue) told.get("field")).value());
            ArrayValue array = (ArrayValue) at(after, path);
            after = set(after, path, ArrayValue.of(array.elements().subList(0, (int) size)));
        }
        for (Field field : (Document) description.get("updatedFields")) {
            after = set(after, path(field.name()), field.value());
        }
        for (Value removed : (ArrayValue) description.get("removedFields")) {
            after = set(after, path(((StringValue) removed).value()), Missing.INSTANCE);
        }
        return (Document) after;
    }

    private static List<String> path(String dotted) {
        return FieldPath.parse(dotted).steps();
    }

    private static Value at(Value value, List<String> path) {
        Value found = value;
        for (String step : path) {
            found =
                    found instanceof ArrayValue array
                            ? array.get(Integer.parseInt(step))
                            : ((Document) found).get(step);
        }
        return found;
    }

    private static Value set(Value container, List<String> path, Value value) {
        if (path.isEmpty()) {
            return value;
        }
        String step = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        if (container instanceof ArrayValue array) {
            List<Value> elements = new ArrayList<>(array.elements());
            int index = Integer.parseInt(step);
            while (elements.size() <= index) {
                elements.add(NullValue.INSTANCE);
            }
            elements.set(index, set(elements.get(index), rest, value));
            return ArrayValue.of(elements);
        }
        Document document = (Document) container;
        Value inner = set(document.get(step), rest, value);
        return inner == Missing.INSTANCE ? document.without(step) : document.with(step, inner);
    }

    /** A value for comparisons: fields by name, since a follower need not have their order. */
    public static Object sorted(Value value) {
        return switch (value) {
            case Document document -> {
                Map<String, Object> fields = new TreeMap<>();
                document.forEach(field -> fields.put(field.name(), sorted(field.value())));
                yield fields;
            }
            case ArrayValue array ->
                    array.elements().stream().map(DescribedUpdate::sorted).toList();
            default -> value;
        };
    }
}
