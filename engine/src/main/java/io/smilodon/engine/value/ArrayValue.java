package io.smilodon.engine.value;

import java.util.Iterator;
import java.util.List;

/**
 * A list of values. Like a document, either a tree in memory or a view of stored bytes. {@code
 * equals} is exact.
 */
public non-sealed interface ArrayValue extends Value, Iterable<Value> {

    ArrayValue EMPTY = new TreeArray(List.of());

    /** The element at the index, or {@link Missing} outside the array. */
    Value get(int index);

    /** The number of elements. A stored array counts them: prefer {@link #isEmpty}. */
    int size();

    default boolean isEmpty() {
        return !iterator().hasNext();
    }

    /** How many bytes it is a view of; 0 for a tree in memory. */
    default int storedBytes() {
        return 0;
    }

    /** The elements, all of them read; unmodifiable. */
    List<Value> elements();

    @Override
    Iterator<Value> iterator();

    @Override
    default ValueType type() {
        return ValueType.ARRAY;
    }

    static ArrayValue of(Value... elements) {
        return new TreeArray(List.of(elements));
    }

    static ArrayValue of(List<? extends Value> elements) {
        return new TreeArray(List.copyOf(elements));
    }
}
