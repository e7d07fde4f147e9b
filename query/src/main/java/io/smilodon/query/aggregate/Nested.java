package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import java.util.List;

/** Reads and sets one field inside documents inside a document; arrays are not entered. */
final class Nested {

    private Nested() {}

    static Value get(Document document, FieldPath path) {
        Value value = document;
        for (String step : path.steps()) {
            value = value instanceof Document parent ? parent.get(step) : Missing.INSTANCE;
        }
        return value;
    }

    /** The document with the field set, or removed by {@code Missing}. */
    static Document set(Document document, FieldPath path, Value value) {
        return set(document, path.steps(), value);
    }

    private static Document set(Document document, List<String> steps, Value value) {
        String name = steps.get(0);
        Value child = document.get(name);
        Value changed = value;
        if (steps.size() > 1) {
            Document inner = child instanceof Document same ? same : Document.EMPTY;
            changed = set(inner, steps.subList(1, steps.size()), value);
        }
        return changed == Missing.INSTANCE ? document.without(name) : document.with(name, changed);
    }
}
