package io.smilodon.query.exec;

import io.smilodon.engine.value.Document;

/** Tells at the end how much came out of its input. Not thread-safe. */
final class ReportingCursor implements Cursor {

    private final Cursor input;
    private final Report report;
    private final long start = System.nanoTime();
    private long returned;
    private long lastNanos;
    private boolean isClosed;

    /** Who is told. */
    interface Report {

        /**
         * @param nanos from the opening to the last advance
         */
        void done(long returned, long nanos);
    }

    ReportingCursor(Cursor input, Report report) {
        this.input = input;
        this.report = report;
    }

    @Override
    public boolean advance() {
        if (input.advance()) {
            returned++;
            return true;
        }
        lastNanos = System.nanoTime() - start;
        return false;
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
        if (!isClosed) {
            isClosed = true;
            report.done(returned, lastNanos > 0 ? lastNanos : System.nanoTime() - start);
        }
    }
}
