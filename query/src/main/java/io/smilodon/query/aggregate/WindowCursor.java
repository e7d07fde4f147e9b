package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;

/** Leaves out the first documents of its input, and stops after so many more. */
final class WindowCursor implements Cursor {

    private final Cursor input;
    private long toSkip;
    private long left;

    WindowCursor(Cursor input, long skip, long limit) {
        this.input = input;
        this.toSkip = skip;
        this.left = limit;
    }

    @Override
    public boolean advance() {
        for (; toSkip > 0; toSkip--) {
            if (!input.advance()) {
                toSkip = 0;
                left = 0;
                return false;
            }
        }
        if (left == 0 || !input.advance()) {
            return false;
        }
        left--;
        return true;
    }

    @Override
    public Document current() {
        return input.current();
    }

    @Override
    public void close() {
        input.close();
    }
}
