package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.EntryCursor;

/** Walks every version of every key of a memtable, ascending. Not thread-safe. */
final class MemtableVersions implements EntryCursor {

    private final KeyWalk walk;
    private MemtableNode node;
    private Version version;

    /** Kept only because what nobody uses would not be read. */
    private int approached;

    MemtableVersions(Memtable table) {
        this.walk = table.walk();
    }

    @Override
    public boolean advance() {
        if (version != null && version.older() != null) {
            version = version.older();
            return true;
        }
        boolean hasMore = node == null ? walk.ceiling(new byte[0]) : walk.next();
        if (hasMore) {
            approached = walk.isAtPage() ? walk.approachPage() : approached;
            node = walk.node();
            version = node.newest();
        }
        return hasMore;
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
