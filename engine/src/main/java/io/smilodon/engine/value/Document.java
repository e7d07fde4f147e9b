package io.smilodon.engine.value;

import java.util.Iterator;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * An ordered list of named values; no name occurs twice. Either a tree in memory or a view of
 * stored bytes that reads only what is asked for: code that looks at documents works on both and
 * asks for no more than it needs. {@code equals} is exact, field order included.
 */
public non-sealed interface Document extends Value, Iterable<Field> {

    Document EMPTY = new TreeDocument();

    /** The field's value, or {@link Missing}. The name is one field, not a path. */
    Value get(String name);

    /** The number of fields. A stored document counts them: prefer {@link #isEmpty}. */
    int size();

    default boolean isEmpty() {
        return !iterator().hasNext();
    }

    /** How many bytes it is a view of; 0 for a tree in memory. */
    default int storedBytes() {
        return 0;
    }

    default boolean has(String name) {
        return get(name) != Missing.INSTANCE;
    }

    @Override
    Iterator<Field> iterator();

    @Override
    default ValueType type() {
        return ValueType.DOCUMENT;
    }

    /** This document with the field set: in its place if it was there, else at the end. */
    default Document with(String name, Value value) {
        return builder().putAll(this).put(name, value).build();
    }

    /**
     * This document with what becomes of the field's value, which may be {@link Missing} before and
     * after; this one itself if that is the same object.
     */
    default Document changed(String name, UnaryOperator<Value> change) {
        Value before = get(name);
        Value after = change.apply(before);
        if (after == before) {
            return this;
        }
        return after == Missing.INSTANCE ? without(name) : with(name, after);
    }

    /** This document without the field. */
    default Document without(String name) {
        DocumentBuilder builder = builder();
        for (Field field : this) {
            if (!field.name().equals(name)) {
                builder.put(field.name(), field.value());
            }
        }
        return builder.build();
    }

    static DocumentBuilder builder() {
        return new DocumentBuilder();
    }

    static Document of(String name, Value value) {
        return value == Missing.INSTANCE ? EMPTY : new TreeDocument(new Field(name, value));
    }

    /** Exact equality of any two implementations. */
    static boolean equal(Document left, Document right) {
        Iterator<Field> others = right.iterator();
        for (Field field : left) {
            if (!others.hasNext() || !field.equals(others.next())) {
                return false;
            }
        }
        return !others.hasNext();
    }

    /** The hash that goes with {@link #equal}. */
    static int hash(Document document) {
        int hash = 1;
        for (Field field : document) {
            hash = 31 * hash + Objects.hashCode(field);
        }
        return hash;
    }
}
