package io.smilodon.query.aggregate;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.UndefinedValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import io.smilodon.query.exec.Cursor;
import java.util.Collections;
import java.util.Iterator;

/** Makes a document of each element of an array in each document of its input. */
final class UnwindCursor implements Cursor {

    private final Cursor input;
    private final Unwind unwind;
    private Iterator<Value> elements = Collections.emptyIterator();
    private Document array = Document.EMPTY;
    private long index;
    private Document current = Document.EMPTY;

    UnwindCursor(Cursor input, Unwind unwind) {
        this.input = input;
        this.unwind = unwind;
    }

    @Override
    public boolean advance() {
        if (advanceInArray()) {
            return true;
        }
        while (input.advance()) {
            Steps.take();
            if (begin(input.current())) {
                return true;
            }
        }
        return false;
    }

    private boolean advanceInArray() {
        if (!elements.hasNext()) {
            return false;
        }
        current = unwind.unwound(array, elements.next(), new Int64Value(index++));
        return true;
    }

    /** Whether the document makes any; an array goes on from its first element. */
    private boolean begin(Document document) {
        Value value = Nested.get(document, unwind.path());
        if (value instanceof ArrayValue list) {
            array = document;
            index = 0;
            elements = list.iterator();
            return advanceInArray() || keep(document, Missing.INSTANCE);
        }
        if (value.isNullish() || value instanceof UndefinedValue) {
            return keep(document, value);
        }
        current = unwind.unwound(document, value, NullValue.INSTANCE);
        return true;
    }

    private boolean keep(Document document, Value value) {
        if (!unwind.keepsEmpty()) {
            return false;
        }
        boolean isThere = Nested.get(document, unwind.path()) != Missing.INSTANCE;
        current =
                isThere
                        ? unwind.unwound(document, value, NullValue.INSTANCE)
                        : unwind.withIndex(document, NullValue.INSTANCE);
        return true;
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        input.close();
    }
}
