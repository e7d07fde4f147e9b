package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;

/** Measures the time that a stage and its inputs take; for explain. */
final class TimedCursor implements Cursor {

    private final Cursor input;
    private final StageCounts counts;

    TimedCursor(Cursor input, StageCounts counts) {
        this.input = input;
        this.counts = counts;
    }

    @Override
    public boolean advance() {
        long start = System.nanoTime();
        try {
            return input.advance();
        } finally {
            counts.addNanos(System.nanoTime() - start);
        }
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
