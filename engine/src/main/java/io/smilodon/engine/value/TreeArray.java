package io.smilodon.engine.value;

import java.util.Iterator;
import java.util.List;

/** An array as objects in memory. */
record TreeArray(List<Value> elements) implements ArrayValue {

    @Override
    public Value get(int index) {
        return index >= 0 && index < elements.size() ? elements.get(index) : Missing.INSTANCE;
    }

    @Override
    public int size() {
        return elements.size();
    }

    @Override
    public Iterator<Value> iterator() {
        return elements.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArrayValue that && elements.equals(that.elements());
    }

    @Override
    public int hashCode() {
        return elements.hashCode();
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }
}
