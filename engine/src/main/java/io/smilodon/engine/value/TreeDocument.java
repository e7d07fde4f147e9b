package io.smilodon.engine.value;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** A document as objects in memory. Short ones are searched, long ones get a table of names. */
final class TreeDocument implements Document {

    private static final int FIELDS_SEARCHED_MAX = 16;

    private final Field[] fields;
    private final Map<String, Value> byName;

    /** Nobody changes the fields, none of which have the same name. */
    TreeDocument(Field... fields) {
        this.fields = fields;
        this.byName = fields.length > FIELDS_SEARCHED_MAX ? table(fields) : Map.of();
    }

    private static Map<String, Value> table(Field[] fields) {
        Map<String, Value> table = HashMap.newHashMap(fields.length);
        for (Field field : fields) {
            table.put(field.name(), field.value());
        }
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
        return fields.length;
    }

    @Override
    public boolean isEmpty() {
        return fields.length == 0;
    }

    @Override
    public Iterator<Field> iterator() {
        return Arrays.asList(fields).iterator();
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
