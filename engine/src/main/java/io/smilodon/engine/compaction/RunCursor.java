package io.smilodon.engine.compaction;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.segment.Segment;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Walks every version in disjoint segments, one after the other, for merging. Not thread-safe. */
final class RunCursor implements EntryCursor {

    private final Iterator<Segment> segments;
    private final LongConsumer onRead;
    private Optional<EntryCursor> current = Optional.empty();

    RunCursor(List<Segment> run, LongConsumer onRead) {
        this.segments = run.iterator();
        this.onRead = onRead;
    }

    @Override
    public boolean advance() {
        while (current.isEmpty() || !current.get().advance()) {
            if (!segments.hasNext()) {
                current = Optional.empty();
                return false;
            }
            current = Optional.of(segments.next().versions(onRead));
        }
        return true;
    }

    private EntryCursor current() {
        return current.orElseThrow(() -> new AssertionError("not on an entry"));
    }

    @Override
    public byte[] key() {
        return current().key();
    }

    @Override
    public long sequence() {
        return current().sequence();
    }

    @Override
    public boolean isRemoval() {
        return current().isRemoval();
    }

    @Override
    public byte[] value() {
        return current().value();
    }

    @Override
    public void value(ByteSpan span) {
        current().value(span);
    }

    @Override
    public void close() {}
}
