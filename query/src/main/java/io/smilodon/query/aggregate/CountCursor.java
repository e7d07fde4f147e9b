package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.exec.BlockingCursor;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;

/** Counts its input, once. */
final class CountCursor extends BlockingCursor {

    private final Cursor input;
    private final String field;
    private final OperationContext operation;
    private long count;
    private boolean isDone;
    private Document current = Document.EMPTY;

    CountCursor(Cursor input, String field, OperationContext operation) {
        this.input = input;
        this.field = field;
        this.operation = operation;
    }

    @Override
    protected void read() {
        while (input.advance()) {
            operation.checkAlive();
            count++;
        }
    }

    @Override
    protected boolean advanceRead() {
        if (isDone) {
            return false;
        }
        isDone = true;
        current = Document.of(field, NumberValue.intOrLong(count));
        return count > 0;
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
