package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.BlockingCursor;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.DocumentSort;
import io.smilodon.query.exec.OperationContext;

/** The documents of its input in order. */
final class SortCursor extends BlockingCursor {

    private final Cursor input;
    private final DocumentSort sort;

    SortCursor(Cursor input, Sort stage, OperationContext operation) {
        this.input = input;
        this.sort =
                new DocumentSort(
                        stage.pattern().under(operation.order()),
                        stage.limit(),
                        stage.name(),
                        operation);
    }

    @Override
    protected void read() {
        sort.addAll(input);
    }

    @Override
    protected boolean advanceRead() {
        return sort.advance();
    }

    @Override
    public Document current() {
        return sort.current();
    }

    @Override
    public void close() {
        sort.close();
        input.close();
    }
}
