package io.smilodon.engine.value;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Builds a document in memory. Not thread-safe; may go on being used after {@link #build}. */
public final class DocumentBuilder {

    /** Up to this many fields a search is faster than a table of names. */
    private static final int FIELDS_SEARCHED_MAX = 16;

    private static final int CAPACITY = 8;

    private Field[] fields = new Field[CAPACITY];
    private int count;

    /** Of documents with more fields than are searched. */
    private Map<String, Integer> positions = Map.of();

    /** A bit for each name, by its hash: a name whose bit is not set has not been put. */
    private long seen;

    DocumentBuilder() {}

    /**
     * Sets the field: in its place if it is there, else at the end. Missing values are left out.
     */
    public DocumentBuilder put(String name, Value value) {
        if (value == Missing.INSTANCE) {
            return this;
        }
        int position = positionOf(name);
        if (position < 0) {
            seen |= bit(name);
            add(new Field(name, value));
        } else {
            fields[position] = new Field(name, value);
        }
        return this;
    }

    private void add(Field field) {
        if (count == fields.length) {
            fields = Arrays.copyOf(fields, 2 * count);
        }
        fields[count++] = field;
        if (count == FIELDS_SEARCHED_MAX + 1) {
            positions = new HashMap<>();
            for (int i = 0; i < count; i++) {
                positions.put(fields[i].name(), i);
            }
        } else if (count > FIELDS_SEARCHED_MAX) {
            positions.put(field.name(), count - 1);
        }
    }

    private static long bit(String name) {
        return 1L << name.hashCode();
    }

    private int positionOf(String name) {
        if ((seen & bit(name)) == 0) {
            return -1;
        }
        if (count > FIELDS_SEARCHED_MAX) {
            return positions.getOrDefault(name, -1);
        }
        for (int i = 0; i < count; i++) {
            if (fields[i].name().equals(name)) {
                return i;
            }
        }
        return -1;
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

    /** Whether a field of this name has been put. */
    public boolean has(String name) {
        return positionOf(name) >= 0;
    }

    public int size() {
        return count;
    }

    public DocumentBuilder putAll(Document document) {
        document.forEach(field -> put(field.name(), field.value()));
        return this;
    }

    public Document build() {
        return new TreeDocument(Arrays.copyOf(fields, count));
    }
}
