package io.smilodon.engine.segment;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.EntryCursor;
import java.util.Optional;

/** A cursor that is at one entry, for those who take entries from where cursors are. */
record WrittenEntry(byte[] key, long sequence, Optional<byte[]> content) implements EntryCursor {

    /** Adds it to a block, behind entries with smaller keys or newer versions of its own. */
    void addTo(BlockBuilder builder) {
        ByteSpan span = new ByteSpan();
        span.set(key);
        builder.add(this, span, builder.lastKey().common(span));
    }

    @Override
    public boolean advance() {
        return false;
    }

    @Override
    public boolean isRemoval() {
        return content.isEmpty();
    }

    @Override
    public byte[] value() {
        return content.orElseThrow();
    }

    @Override
    public void close() {}
}
