package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.ByteSpan;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;

/** Walks the newest versions in a list that a scan may see. Not thread-safe. */
final class EntryListCursor implements EntryCursor {

    private final EntryList entries;
    private final EntryScan scan;

    /** The versions from here up to {@link #high} are still to come. */
    private int low;

    private int high;
    private int current;
    private byte[] key = {};

    EntryListCursor(EntryList entries, EntryScan scan) {
        this.entries = entries;
        this.scan = scan;
        this.low = entries.rank(scan.from());
        this.high = entries.end(scan);
    }

    @Override
    public boolean advance() {
        while (low < high) {
            int first = scan.isForward() ? low : firstOfLast();
            int end = scan.isForward() ? endOfFirst() : high;
            low = scan.isForward() ? end : low;
            high = scan.isForward() ? high : first;
            for (current = first; current < end; current++) {
                if (entries.sequence(current) <= scan.sequence()) {
                    key = entries.key(current);
                    return true;
                }
            }
        }
        return false;
    }

    private int endOfFirst() {
        int end = low + 1;
        while (end < high && entries.isSameKey(low, end)) {
            end++;
        }
        return end;
    }

    private int firstOfLast() {
        int first = high - 1;
        while (first > low && entries.isSameKey(first - 1, high - 1)) {
            first--;
        }
        return first;
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
