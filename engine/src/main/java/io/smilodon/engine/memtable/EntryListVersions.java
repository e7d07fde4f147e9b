package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.EntryCursor;

/** Walks every version in a list. Not thread-safe. */
final class EntryListVersions implements EntryCursor {

    private final EntryList entries;
    private int current = -1;
    private byte[] key = {};

    EntryListVersions(EntryList entries) {
        this.entries = entries;
    }

    @Override
    public boolean advance() {
        current++;
        boolean hasMore = current < entries.size();
        if (hasMore) {
            key = entries.key(current);
        }
        return hasMore;
    }

    @Override
    public byte[] key() {
        return key;
    }

    @Override
    public long sequence() {
        return entries.sequence(current);
    }

    @Override
    public boolean isRemoval() {
        return entries.isRemoval(current);
    }

    @Override
    public byte[] value() {
        ByteSpan span = new ByteSpan();
        entries.value(current, span);
        return span.copy();
    }

    @Override
    public void value(ByteSpan span) {
        entries.value(current, span);
    }

    @Override
    public void close() {}
}
