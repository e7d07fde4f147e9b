package io.smilodon.query.update;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A document that changes in place. Not thread-safe. */
final class OpenDocument implements Document, Open {

    private final Document before;

    /** Empty until it is read. */
    private final Map<String, Value> fields = new LinkedHashMap<>();

    private boolean isRead;
    private boolean isChanged;

    OpenDocument(Document before) {
        this.before = before;
    }

    private Map<String, Value> fields() {
        if (!isRead) {
            isRead = true;
            before.forEach(field -> fields.put(field.name(), field.value()));
            Steps.take(fields.size());
        }
        return fields;
    }

    /** Changes in place. */
    @Override
    public Document changed(String name, UnaryOperator<Value> change) {
        Value before = get(name);
        Value after = change.apply(before);
        if (after != before) {
            set(name, after);
        }
        return this;
    }

    /** Sets the field, or takes it away if the value is missing. */
    void set(String name, Value value) {
        isChanged = true;
        if (value == Missing.INSTANCE) {
            fields().remove(name);
        } else {
            fields().put(name, value);
        }
    }

    @Override
    public Value get(String name) {
        Value value = fields().get(name);
        if (value == null) {
            return Missing.INSTANCE;
        }
        Value open = Open.of(value);
        if (open != value) {
            fields.put(name, open);
        }
        return open;
    }

    @Override
    public int size() {
        return fields().size();
    }

    @Override
    public Iterator<Field> iterator() {
        return isRead
                ? fields.entrySet().stream()
                        .map(entry -> new Field(entry.getKey(), entry.getValue()))
                        .iterator()
                : before.iterator();
    }

    @Override
    public Document before() {
        return before;
    }

    @Override
    public Document closed() {
        boolean isSame = !isChanged;
        DocumentBuilder after = Document.builder();
        for (Map.Entry<String, Value> field : fields.entrySet()) {
            Value closed = Open.closed(field.getValue());
            isSame &= !Open.isChanged(field.getValue(), closed);
            after.put(field.getKey(), closed);
        }
        return isSame ? before : after.build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Document that && Document.equal(this, that);
    }

    @Override
    public int hashCode() {
        return Document.hash(this);
    }
}
