package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;

/** Stops after so many documents of its input. */
final class LimitCursor implements Cursor {

    private final Cursor input;
    private final StageCounts counts;
    private long left;

    LimitCursor(Cursor input, long count, StageCounts counts) {
        this.input = input;
        this.left = count;
        this.counts = counts;
    }

    @Override
    public boolean advance() {
        if (left == 0 || !input.advance()) {
            return false;
        }
        left--;
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
