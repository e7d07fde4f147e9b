package io.smilodon.engine.memtable;

import io.smilodon.engine.entry.Entry;
import io.smilodon.engine.entry.EntryCursor;
import io.smilodon.engine.entry.EntryScan;
import java.util.Optional;

/** Walks a memtable. Not thread-safe; the memtable may be written meanwhile. */
final class MemtableCursor implements EntryCursor {

    private final Memtable table;
    private final EntryScan scan;
    private MemtableNode node;
    private Entry entry;
    private boolean started;

    MemtableCursor(Memtable table, EntryScan scan) {
        this.table = table;
        this.scan = scan;
    }

    @Override
    public boolean advance() {
        while (step()) {
            Optional<Entry> seen = node.newest(scan.sequence());
            if (seen.isPresent()) {
                entry = seen.get();
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
