package io.smilodon.engine.value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds a document in memory. Not thread-safe; may go on being used after {@link #build}. */
public final class DocumentBuilder {

    private final List<Field> fields = new ArrayList<>();
    private final Map<String, Integer> positions = new HashMap<>();

    DocumentBuilder() {}

    /**
     * Sets the field: in its place if it is there, else at the end. Missing values are left out.
     */
    public DocumentBuilder put(String name, Value value) {
        if (value == Missing.INSTANCE) {
            return this;
        }
        Integer position = positions.putIfAbsent(name, fields.size());
        if (position == null) {
            fields.add(new Field(name, value));
        } else {
            fields.set(position, new Field(name, value));
        }
        return this;
    }

    public DocumentBuilder put(String name, String value) {
        return put(name, Value.of(value));
    }

    public DocumentBuilder put(String name, int value) {
        return put(name, Value.of(value));
    }

    public DocumentBuilder put(String name, long value) {
        return put(name, Value.of(value));
    }

    public DocumentBuilder put(String name, double value) {
        return put(name, Value.of(value));
    }

    public DocumentBuilder put(String name, boolean value) {
        return put(name, Value.of(value));
    }

    public DocumentBuilder putAll(Document document) {
        document.forEach(field -> put(field.name(), field.value()));
        return this;
    }

    public Document build() {
        return new TreeDocument(List.copyOf(fields));
    }
}
