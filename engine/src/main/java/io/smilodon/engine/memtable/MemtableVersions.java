package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryCursor;
import java.util.Iterator;
import java.util.List;

/** Walks every version of every key of a memtable, ascending. Not thread-safe. */
final class MemtableVersions implements EntryCursor {

    private final Memtable table;
    private MemtableNode node;
    private Iterator<Entry> versions = List.<Entry>of().iterator();
    private Entry entry;

    MemtableVersions(Memtable table) {
        this.table = table;
    }

    @Override
    public boolean advance() {
        if (!versions.hasNext()) {
            node = node == null ? table.first() : node.next(0);
            if (node == null) {
                return false;
            }
            versions = node.versions().iterator();
        }
        entry = versions.next();
        return true;
    }

    @Override
    public byte[] key() {
        return node.key();
    }

    @Override
    public long sequence() {
        return entry.sequence();
    }

    @Override
    public boolean isRemoval() {
        return entry.value().isEmpty();
    }

    @Override
    public byte[] value() {
        return entry.value().orElseThrow(() -> new AssertionError("value of a removal"));
    }

    @Override
    public void close() {}
}
