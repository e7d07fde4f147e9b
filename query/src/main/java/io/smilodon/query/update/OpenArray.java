package io.smilodon.query.update;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.Value;
import io.smilodon.query.Steps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** An array that changes in place. Not thread-safe. */
final class OpenArray implements ArrayValue, Open {

    private final ArrayValue before;

    /** Empty until it is read. */
    private final List<Value> elements = new ArrayList<>();

    private boolean isRead;
    private boolean isChanged;

    OpenArray(ArrayValue before) {
        this.before = before;
    }

    private List<Value> read() {
        if (!isRead) {
            isRead = true;
            before.forEach(elements::add);
            Steps.take(elements.size());
        }
        return elements;
    }

    /** Sets the element; where it lies behind the end, with nulls between. */
    void set(int index, Value value) {
        isChanged = true;
        if (index < read().size()) {
            elements.set(index, value);
        } else {
            elements.addAll(Collections.nCopies(index - elements.size(), NullValue.INSTANCE));
            elements.add(value);
        }
    }

    @Override
    public Value get(int index) {
        if (index < 0 || index >= read().size()) {
            return Missing.INSTANCE;
        }
        Value value = elements.get(index);
        Value open = Open.of(value);
        if (open != value) {
            elements.set(index, open);
        }
        return open;
    }

    @Override
    public int size() {
        return read().size();
    }

    @Override
    public List<Value> elements() {
        return isRead ? Collections.unmodifiableList(elements) : before.elements();
    }

    @Override
    public Iterator<Value> iterator() {
        return isRead ? elements().iterator() : before.iterator();
    }

    @Override
    public ArrayValue before() {
        return before;
    }

    @Override
    public ArrayValue closed() {
        boolean isSame = !isChanged;
        List<Value> after = new ArrayList<>(elements.size());
        for (Value element : elements) {
            Value closed = Open.closed(element);
            isSame &= !Open.isChanged(element, closed);
            after.add(closed);
        }
        return isSame ? before : ArrayValue.of(after);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ArrayValue that && elements().equals(that.elements());
    }

    @Override
    public int hashCode() {
        return elements().hashCode();
    }
}
