package io.smilodon.engine.value;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** A document as objects in memory. Short ones are searched, long ones get a table of names. */
final class TreeDocument implements Document {

    private static final int FIELDS_SEARCHED_MAX = 16;

    private final List<Field> fields;
    private final Map<String, Value> byName;

    /** The list must be unmodifiable and without repeated names. */
    TreeDocument(List<Field> fields) {
        this.fields = fields;
        this.byName = fields.size() > FIELDS_SEARCHED_MAX ? table(fields) : Map.of();
    }

    private static Map<String, Value> table(List<Field> fields) {
        Map<String, Value> table = HashMap.newHashMap(fields.size());
        fields.forEach(field -> table.put(field.name(), field.value()));
        return table;
    }

    @Override
    public Value get(String name) {
        if (!byName.isEmpty()) {
            return byName.getOrDefault(name, Missing.INSTANCE);
        }
        for (Field field : fields) {
            if (field.name().equals(name)) {
                return field.value();
            }
        }
        return Missing.INSTANCE;
    }

    @Override
    public int size() {
        return fields.size();
    }

    @Override
    public boolean isEmpty() {
        return fields.isEmpty();
    }

    @Override
    public Iterator<Field> iterator() {
        return fields.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Document that && Document.equal(this, that);
    }

    @Override
    public int hashCode() {
        return Document.hash(this);
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}
