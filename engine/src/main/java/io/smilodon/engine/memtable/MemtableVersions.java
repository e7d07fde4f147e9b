package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.EntryCursor;

/** Walks every version of every key of a memtable, ascending. Not thread-safe. */
final class MemtableVersions implements EntryCursor {

    private final Memtable table;
    private MemtableNode node;
    private Version version;

    MemtableVersions(Memtable table) {
        this.table = table;
    }

    @Override
    public boolean advance() {
        if (version != null && version.older() != null) {
            version = version.older();
            return true;
        }
        node = node == null ? table.first() : node.next(0);
        version = node == null ? null : node.newest();
        return version != null;
    }

    @Override
    public byte[] key() {
        return node.key();
    }

    @Override
    public long sequence() {
        return version.sequence();
    }

    @Override
    public boolean isRemoval() {
        return version.isRemoval();
    }

    @Override
    public byte[] value() {
        return version.value();
    }

    @Override
    public void close() {}
}
