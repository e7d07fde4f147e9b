package io.smilodon.engine.store;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.value.Direction;
import java.util.function.Consumer;

/** Remembers how far a serializable transaction has read. Not thread-safe. */
final class RecordingCursor implements KeyCursor {

    private final KeyCursor base;
    private final KeyRange range;
    private final boolean isForward;
    private final Consumer<RecordingCursor> whenClosed;
    private boolean isStarted;
    private boolean isOnKey;
    private boolean isClosed;

    /**
     * @param whenClosed is told while the cursor still knows where it is
     */
    RecordingCursor(
            KeyCursor base,
            KeyRange range,
            Direction direction,
            Consumer<RecordingCursor> whenClosed) {
        this.base = base;
        this.range = range;
        this.isForward = direction == Direction.FORWARD;
        this.whenClosed = whenClosed;
    }

    @Override
    public boolean advance() {
        isStarted = true;
        isOnKey = base.advance();
        return isOnKey;
    }

    /** Adds what has been read so far, gaps between keys included. */
    void recordTo(ReadSet reads) {
        if (!isStarted) {
            return;
        }
        if (!isOnKey) {
            reads.add(range.from(), range.to());
        } else if (isForward) {
            reads.add(range.from(), ReadSet.after(base.key()));
        } else {
            reads.add(base.key().clone(), range.to());
        }
    }

    @Override
    public byte[] key() {
        return base.key();
    }

    @Override
    public byte[] value() {
        return base.value();
    }

    @Override
    public void value(ByteSpan span) {
        base.value(span);
    }

    @Override
    public long version() {
        return base.version();
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            whenClosed.accept(this);
            base.close();
        }
    }
}
