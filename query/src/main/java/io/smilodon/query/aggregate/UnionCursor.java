package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import java.util.function.Supplier;

/** One stream after the other; the second is opened when the first is at its end. */
final class UnionCursor implements Cursor {

    private final Supplier<Cursor> next;
    private Cursor current;
    private boolean isSecond;

    UnionCursor(Cursor first, Supplier<Cursor> next) {
        this.current = first;
        this.next = next;
    }

    @Override
    public boolean advance() {
        if (current.advance()) {
            return true;
        }
        if (isSecond) {
            return false;
        }
        current.close();
        isSecond = true;
        current = DocumentsCursor.of();
        current = next.get();
        return current.advance();
    }

    @Override
    public Document current() {
        return current.current();
    }

    @Override
    public void close() {
        current.close();
    }
}
