package io.smilodon.engine.store;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.Write;
import io.smilodon.engine.value.Direction;
import java.util.Arrays;
import java.util.Iterator;

/** A snapshot's cursor with a transaction's own writes laid over it. Not thread-safe. */
final class OverlayCursor implements KeyCursor {

    private final KeyCursor base;
    private final Iterator<Write> writes;
    private final boolean isForward;
    private final long ownVersion;
    private boolean isBaseReady;
    private Write write;
    private boolean isOnWrite;
    private boolean started;

    /**
     * @param writes those of the range, in its direction
     * @param ownVersion the version that the transaction's own writes show
     */
    OverlayCursor(KeyCursor base, Iterator<Write> writes, Direction direction, long ownVersion) {
        this.base = base;
        this.isForward = direction == Direction.FORWARD;
        this.writes = writes;
        this.ownVersion = ownVersion;
    }

    @Override
    public boolean advance() {
        step();
        while (isBaseReady || write != null) {
            int order = order();
            isOnWrite = order <= 0;
            if (order == 0) {
                isBaseReady = base.advance();
            }
            if (!isOnWrite || write.value().isPresent()) {
                return true;
            }
            nextWrite();
        }
        return false;
    }

    private void step() {
        if (!started) {
            started = true;
            isBaseReady = base.advance();
            nextWrite();
        } else if (isOnWrite) {
            nextWrite();
        } else if (isBaseReady) {
            isBaseReady = base.advance();
        }
    }

    private void nextWrite() {
        write = writes.hasNext() ? writes.next() : null;
    }

    /** Negative if the write comes first, zero if it hides the snapshot's key. */
    private int order() {
        if (write == null) {
            return 1;
        }
        if (!isBaseReady) {
            return -1;
        }
        int order = Arrays.compareUnsigned(write.key(), base.key());
        return isForward ? order : -order;
    }

    @Override
    public byte[] key() {
        return isOnWrite ? write.key() : base.key();
    }

    @Override
    public byte[] value() {
        return isOnWrite ? write.value().orElseThrow() : base.value();
    }

    @Override
    public void value(ByteSpan span) {
        if (isOnWrite) {
            span.set(write.value().orElseThrow());
        } else {
            base.value(span);
        }
    }

    @Override
    public long version() {
        return isOnWrite ? ownVersion : base.version();
    }

    @Override
    public void close() {
        base.close();
    }
}
