package io.smilodon.engine.codec;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.Value;
import io.smilodon.engine.value.ValueText;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;

/**
 * A document as it is stored. Nothing is decoded before it is asked for, and then no more than
 * that; nested containers are views too. Reads damaged bytes as {@link SmileNavigator} does.
 * Immutable, as long as nobody changes the bytes.
 */
final class StoredDocument implements Document {

    private final SmileNavigator navigator;
    private final int start;
    private final int depth;

    StoredDocument(SmileNavigator navigator, int start, int depth) {
        this.navigator = navigator;
        this.start = start;
        this.depth = depth;
    }

    int start() {
        return start;
    }

    int depth() {
        return depth;
    }

    StoredExtent extent() {
        return new StoredExtent(navigator, start, depth);
    }

    @Override
    public Value get(String name) {
        return navigator.find(this, name);
    }

    /** An outermost document stays bytes: the other fields are copied, not decoded. */
    @Override
    public Document with(String name, Value value) {
        return depth > 1 || value == Missing.INSTANCE
                ? Document.super.with(name, value)
                : spliced(name, value, navigator.position(this, name));
    }

    /** The field is looked for once. */
    @Override
    public Document changed(String name, UnaryOperator<Value> change) {
        int found = navigator.position(this, name);
        Value before = found < 0 ? Missing.INSTANCE : navigator.read(found, depth);
        Value after = change.apply(before);
        if (after == before) {
            return this;
        }
        if (after == Missing.INSTANCE) {
            return without(name);
        }
        return depth > 1 ? Document.super.with(name, after) : spliced(name, after, found);
    }

    /**
     * @param found where the field is, as {@link SmileNavigator#position} tells it
     */
    private Document spliced(String name, Value value, int found) {
        try {
            return new FieldSplice(navigator, this).with(name, value, found);
        } catch (SmilodonException unencodable) {
            return Document.super.with(name, value); // whoever encodes it says what is wrong
        }
    }

    @Override
    public int size() {
        int size = 0;
        int position = start + 1;
        while (navigator.token(position) != SmileFormat.END_OBJECT) {
            position = navigator.skip(navigator.skipName(position), depth);
            size++;
        }
        return size;
    }

    @Override
    public int storedBytes() {
        return (depth == 1 ? navigator.end() : extent().end()) - start;
    }

    @Override
    public boolean isEmpty() {
        return navigator.token(start + 1) == SmileFormat.END_OBJECT;
    }

    @Override
    public Iterator<Field> iterator() {
        return new Fields();
    }

    @Override
    public boolean equals(Object other) {
        return other == this || other instanceof Document that && Document.equal(this, that);
    }

    @Override
    public int hashCode() {
        return Document.hash(this);
    }

    @Override
    public String toString() {
        return ValueText.of(this);
    }

    /** Decodes one field at a time. */
    private final class Fields implements Iterator<Field> {

        private int position = start + 1;

        @Override
        public boolean hasNext() {
            return navigator.token(position) != SmileFormat.END_OBJECT;
        }

        @Override
        public Field next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int value = navigator.skipName(position);
            String name = navigator.readName(position, value);
            position = navigator.skip(value, depth);
            return new Field(name, navigator.read(value, depth));
        }
    }
}
