package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;

/** Walks a memtable. Not thread-safe; the memtable may be written meanwhile. */
final class MemtableCursor implements EntryCursor {

    private final KeyWalk walk;
    private final EntryScan scan;
    private MemtableNode node;
    private Version version;
    private boolean isStarted;
    private boolean isEnded;

    MemtableCursor(Memtable table, EntryScan scan) {
        this.walk = table.walk();
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
        isEnded = isEnded || !(isStarted ? move() : start());
        isStarted = true;
        if (!isEnded) {
            node = walk.node();
            isEnded = isOutside(node.key());
        }
        return !isEnded;
    }

    private boolean start() {
        return scan.isForward() ? walk.ceiling(scan.from()) : walk.lower(scan.to());
    }

    private boolean move() {
        return scan.isForward() ? walk.next() : walk.previous();
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
