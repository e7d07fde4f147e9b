package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;

/** Walks a memtable. Not thread-safe; the memtable may be written meanwhile. */
final class MemtableCursor implements EntryCursor {

    private final Memtable table;
    private final EntryScan scan;
    private MemtableNode node;
    private Version version;
    private boolean started;

    MemtableCursor(Memtable table, EntryScan scan) {
        this.table = table;
        this.scan = scan;
    }

    @Override
    public boolean advance() {
        while (step()) {
            version = node.newest(scan.sequence());
            if (version != null) {
                return true;
            }
        }
        return false;
    }

    private boolean step() {
        if (!started) {
            started = true;
            node = scan.isForward() ? table.ceiling(scan.from()) : table.lower(scan.to());
        } else if (node != null) {
            node = scan.isForward() ? node.next(0) : table.lower(node.key());
        }
        if (node != null && isOutside(node.key())) {
            node = null;
        }
        return node != null;
    }

    private boolean isOutside(byte[] key) {
        return scan.isForward() ? scan.isAfter(key) : scan.isBefore(key);
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
