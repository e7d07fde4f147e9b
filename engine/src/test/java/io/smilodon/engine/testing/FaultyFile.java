package io.smilodon.engine.testing;

import io.smilodon.engine.testing.PendingChange.EntryChanged;
import io.smilodon.engine.testing.PendingChange.LengthChanged;
import io.smilodon.engine.testing.PendingChange.SectorWritten;
import java.util.ArrayList;
import java.util.List;

/**
 * A file's bytes as programs see them, as the disk has them, and what lies between. Guarded by its
 * directory.
 */
final class FaultyFile {

    private final Sectors current;
    private Sectors durable;
    private boolean isShared;
    private List<PendingChange> pending = new ArrayList<>();

    /** A file that is durable as it stands. */
    FaultyFile(Sectors content) {
        this.current = content;
        this.durable = content.copy();
    }

    Sectors current() {
        return current;
    }

    /** What the disk has; the caller keeps it and does not change it. */
    Sectors sharedDurable() {
        isShared = true;
        return durable;
    }

    Sectors durable() {
        return durable;
    }

    List<PendingChange> pending() {
        return pending;
    }

    void write(long order, long position, byte[] bytes) {
        long before = current.length();
        current.write(bytes, position);
        if (bytes.length > 0) {
            int last = (int) ((position + bytes.length - 1) / Sectors.BYTES);
            for (int sector = (int) (position / Sectors.BYTES); sector <= last; sector++) {
                pending.add(new SectorWritten(order, this, sector, current.sector(sector)));
            }
        }
        if (current.length() != before) {
            pending.add(new LengthChanged(order, this, current.length()));
        }
    }

    void truncate(long order, long length) {
        if (length >= current.length()) {
            return;
        }
        Sectors before = current.copy();
        current.setLength(length);
        for (int sector = (int) (length / Sectors.BYTES); sector < before.count(); sector++) {
            if (before.sector(sector) != current.sector(sector)) {
                pending.add(new SectorWritten(order, this, sector, current.sector(sector)));
            }
        }
        pending.add(new LengthChanged(order, this, length));
    }

    /** Makes a change of another file's, which is pending here as it is there. */
    void repeat(PendingChange change) {
        switch (change) {
            case SectorWritten written -> {
                current.set(written.sector(), written.content());
                pending.add(
                        new SectorWritten(
                                written.order(), this, written.sector(), written.content()));
            }
            case LengthChanged changed -> {
                current.setLength(changed.length());
                pending.add(new LengthChanged(changed.order(), this, changed.length()));
            }
            case EntryChanged entry -> throw new IllegalArgumentException(entry.toString());
        }
    }

    void sync() {
        if (isShared) {
            durable = durable.copy();
            isShared = false;
        }
        for (PendingChange change : pending) {
            if (change instanceof SectorWritten written) {
                durable.set(written.sector(), current.sector(written.sector()));
            }
        }
        durable.setLength(current.length());
        pending = new ArrayList<>();
    }

    /** The system forgets that the pages were dirty. */
    void loseSync() {
        pending = new ArrayList<>();
    }
}
