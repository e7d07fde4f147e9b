package io.smilodon.engine.codec;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** An array as it is stored; what {@link StoredDocument} says holds for it too. */
final class StoredArray implements ArrayValue {

    private final SmileNavigator navigator;
    private final int start;
    private final int depth;

    StoredArray(SmileNavigator navigator, int start, int depth) {
        this.navigator = navigator;
        this.start = start;
        this.depth = depth;
    }

    StoredExtent extent() {
        return new StoredExtent(navigator, start, depth);
    }

    @Override
    public Value get(int index) {
        if (index < 0) {
            return Missing.INSTANCE;
        }
        int position = start + 1;
        for (int i = 0; navigator.token(position) != SmileFormat.END_ARRAY; i++) {
            if (i == index) {
                return navigator.read(position, depth);
            }
            position = navigator.skip(position, depth);
        }
        return Missing.INSTANCE;
    }

    @Override
    public int size() {
        int size = 0;
        int position = start + 1;
        while (navigator.token(position) != SmileFormat.END_ARRAY) {
            position = navigator.skip(position, depth);
            size++;
        }
        return size;
    }

    @Override
    public int storedBytes() {
        return extent().end() - start;
    }

    @Override
    public boolean isEmpty() {
        return navigator.token(start + 1) == SmileFormat.END_ARRAY;
    }

    @Override
    public List<Value> elements() {
        List<Value> elements = new ArrayList<>();
        forEach(elements::add);
        return Collections.unmodifiableList(elements);
    }

    @Override
    public Iterator<Value> iterator() {
        return new Elements();
    }

    @Override
    public boolean equals(Object other) {
        return other == this
                || other instanceof ArrayValue that && elements().equals(that.elements());
    }

    @Override
    public int hashCode() {
        return elements().hashCode();
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }

    /** Decodes one element at a time. */
    private final class Elements implements Iterator<Value> {

        private int position = start + 1;

        @Override
        public boolean hasNext() {
            return navigator.token(position) != SmileFormat.END_ARRAY;
        }

        @Override
        public Value next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int value = position;
            position = navigator.skip(value, depth);
            return navigator.read(value, depth);
        }
    }
}
