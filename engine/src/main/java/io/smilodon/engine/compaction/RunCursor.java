package io.smilodon.engine.compaction;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.KeyCopy;
import io.smilodon.engine.entry.VersionWalk;
import io.smilodon.engine.segment.Segment;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongConsumer;

/** Walks every version in disjoint segments, one after the other, for merging. Not thread-safe. */
final class RunCursor implements VersionWalk {

    private final Iterator<Segment> segments;
    private final LongConsumer onRead;
    private final ByteSpan key = new ByteSpan();
    private final KeyCopy before = new KeyCopy();
    private VersionWalk current;
    private int common;

    /**
     * @param run at least one segment
     * @param onRead told of the bytes that are read
     */
    RunCursor(List<Segment> run, LongConsumer onRead) {
        this.segments = run.iterator();
        this.onRead = onRead;
        this.current = segments.next().versions(onRead);
    }

    @Override
    public boolean advance() {
        if (current.advance()) {
            common = current.common();
            return true;
        }
        while (segments.hasNext()) {
            current.key(key);
            before.set(key, 0);
            current = segments.next().versions(onRead);
            if (current.advance()) {
                current.key(key);
                common = before.common(key);
                return true;
            }
        }
        return false;
    }

    @Override
    public int common() {
        return common;
    }

    @Override
    public byte[] key() {
        return current.key();
    }

    @Override
    public void key(ByteSpan span) {
        current.key(span);
    }

    @Override
    public long sequence() {
        return current.sequence();
    }

    @Override
    public boolean isRemoval() {
        return current.isRemoval();
    }

    @Override
    public byte[] value() {
        return current.value();
    }

    @Override
    public void value(ByteSpan span) {
        current.value(span);
    }

    @Override
    public void close() {}
}
