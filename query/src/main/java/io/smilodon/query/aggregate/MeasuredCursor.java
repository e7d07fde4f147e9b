package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.query.exec.Cursor;
import java.util.concurrent.TimeUnit;

/**
 * What a stage makes, counted and timed with the stages before it; for explain. Not thread-safe.
 */
public final class MeasuredCursor implements Cursor {

    private final Cursor input;
    private long returned;
    private long nanos;

    MeasuredCursor(Cursor input) {
        this.input = input;
    }

    @Override
    public void prepare() {
        long start = System.nanoTime();
        try {
            input.prepare();
        } finally {
            nanos += System.nanoTime() - start;
        }
    }

    @Override
    public boolean advance() {
        long start = System.nanoTime();
        try {
            boolean isThere = input.advance();
            returned += isThere ? 1 : 0;
            return isThere;
        } finally {
            nanos += System.nanoTime() - start;
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

    /** The stage with what it did. */
    Document told(Document stage) {
        return stage.with("nReturned", NumberValue.intOrLong(returned))
                .with(
                        "executionTimeMillisEstimate",
                        NumberValue.intOrLong(TimeUnit.NANOSECONDS.toMillis(nanos)));
    }
}
