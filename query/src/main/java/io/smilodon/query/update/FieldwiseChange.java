package io.smilodon.query.update;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A document whose fields change one after the other, so that many changes copy it once, not each
 * of them. Not thread-safe.
 */
final class FieldwiseChange {

    private final Document before;
    private final Map<String, Value> fields = new LinkedHashMap<>();
    private boolean isChanged;

    FieldwiseChange(Document before) {
        this.before = before;
        before.forEach(field -> fields.put(field.name(), field.value()));
    }

    /** Changes the field that the path begins with, as if it were the only one. */
    void apply(FieldModification modification, UpdateRun run) {
        String name = modification.path().steps().get(0).text();
        Value value = fields.getOrDefault(name, Missing.INSTANCE);
        Document alone = value == Missing.INSTANCE ? Document.EMPTY : Document.of(name, value);
        Document changed = modification.apply(alone, run);
        if (changed == alone) {
            return;
        }
        isChanged = true;
        if (changed.has(name)) {
            fields.put(name, changed.get(name));
        } else {
            fields.remove(name);
        }
    }

    /** The document with all changes; the same one if there are none. */
    Document result() {
        if (!isChanged) {
            return before;
        }
        DocumentBuilder after = Document.builder();
        fields.forEach(after::put);
        return after.build();
    }
}
