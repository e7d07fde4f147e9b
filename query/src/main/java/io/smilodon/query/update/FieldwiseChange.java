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

    /** Changes the fields that the paths begin with, as if there were no others. */
    void apply(Modification modification, UpdateRun run) {
        DocumentBuilder builder = Document.builder();
        for (UpdatePath path : modification.paths()) {
            String name = nameOf(path);
            builder.put(name, fields.getOrDefault(name, Missing.INSTANCE));
        }
        Document alone = builder.build();
        Document changed = modification.apply(alone, run);
        if (changed == alone) {
            return;
        }
        isChanged = true;
        for (UpdatePath path : modification.paths()) {
            String name = nameOf(path);
            if (changed.has(name)) {
                fields.put(name, changed.get(name));
            } else {
                fields.remove(name);
            }
        }
    }

    private static String nameOf(UpdatePath path) {
        return path.steps().get(0).text();
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
