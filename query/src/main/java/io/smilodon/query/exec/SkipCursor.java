package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;

/** Leaves out the first documents of its input. */
final class SkipCursor implements Cursor {

    private final Cursor input;
    private final StageCounts counts;
    private long left;

    SkipCursor(Cursor input, long count, StageCounts counts) {
        this.input = input;
        this.left = count;
        this.counts = counts;
    }

    @Override
    public boolean advance() {
        while (left > 0) {
            if (!input.advance()) {
                left = 0;
                return false;
            }
            left--;
        }
        if (!input.advance()) {
            return false;
        }
        counts.countReturned();
        return true;
    }

    @Override
    public Document current() {
        return input.current();
    }

    @Override
    public Document passing() {
        return input.passing();
    }

    @Override
    public void close() {
        input.close();
    }
}
