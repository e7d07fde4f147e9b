package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.KeyStarts;
import io.smilodon.engine.entry.VersionWalk;
import java.util.Arrays;

/** Walks every version in a list. Not thread-safe. */
final class EntryListVersions implements VersionWalk {

    /** So many versions are brought near the processor at a time. */
    private static final int APPROACHED = 32;

    private final EntryList entries;
    private int current = -1;
    private byte[] key = new byte[2 * KeyStarts.BYTES];
    private int keyLength;
    private int common;

    /** Kept only because what nobody uses would not be read. */
    private int approached;

    EntryListVersions(EntryList entries) {
        this.entries = entries;
    }

    @Override
    public boolean advance() {
        current++;
        boolean hasMore = current < entries.size();
        if (hasMore) {
            if (current % APPROACHED == 0) {
                int end = Math.min(current + APPROACHED, entries.size());
                approached += entries.approach(current, end);
            }
            int lastLength = keyLength;
            keyLength = entries.keyLength(current);
            int shorter = Math.min(keyLength, lastLength);
            common = current == 0 ? 0 : entries.commonWithLast(current, shorter);
            if (keyLength > key.length) {
                key = new byte[2 * keyLength];
            }
            entries.copyKey(current, key);
        }
        return hasMore;
    }

    @Override
    public int common() {
        return common;
    }

    @Override
    public byte[] key() {
        return Arrays.copyOf(key, keyLength);
    }

    @Override
    public void key(ByteSpan span) {
        span.set(key, 0, keyLength);
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
