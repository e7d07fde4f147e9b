package io.smilodon.database.stream;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Says what an update did to the fields of a document. Pure functions. */
public final class UpdateDescription {

    private UpdateDescription() {}

    /** Those of the paths below which two documents differ. */
    public static List<String> changed(Document before, Document after, List<String> paths) {
        return paths.stream().filter(path -> !at(before, path).equals(at(after, path))).toList();
    }

    /** The names of the fields that two documents do not have in common. */
    public static List<String> changed(Document before, Document after) {
        List<String> names = new ArrayList<>();
        after.forEach(field -> names.add(field.name()));
        before.forEach(
                field -> {
                    if (after.get(field.name()) == Missing.INSTANCE) {
                        names.add(field.name());
                    }
                });
        return changed(before, after, names);
    }

    /** The {@code updateDescription} of an event. */
    static Document of(List<String> paths, Document after) {
        DocumentBuilder updated = Document.builder();
        List<Value> removed = new ArrayList<>();
        for (String path : paths) {
            Value value = at(after, path);
            if (value == Missing.INSTANCE) {
                removed.add(new StringValue(path));
            } else {
                updated.put(path, value);
            }
        }
        return Document.builder()
                .put("updatedFields", updated.build())
                .put("removedFields", ArrayValue.of(removed))
                .put("truncatedArrays", ArrayValue.of(List.of()))
                .build();
    }

    /** The value at a path, where numbers are the places of elements. */
    private static Value at(Document document, String path) {
        Value value = document;
        for (String step : FieldPath.parse(path).steps()) {
            value =
                    switch (value) {
                        case Document inner -> inner.get(step);
                        case ArrayValue array -> element(array, step);
                        default -> Missing.INSTANCE;
                    };
        }
        return value;
    }

    private static Value element(ArrayValue array, String step) {
        return FieldPath.isIndex(step) ? array.get(Integer.parseInt(step)) : Missing.INSTANCE;
    }
}
