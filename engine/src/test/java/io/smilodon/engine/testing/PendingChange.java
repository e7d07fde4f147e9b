package io.smilodon.engine.testing;

import java.util.Map;

/** A change that no sync has made durable: a power loss keeps it or not, as a whole. */
sealed interface PendingChange {

    /** Its place among all operations of the directory. */
    long order();

    /** The content of a sector after a write or a cut. */
    record SectorWritten(long order, FaultyFile file, int sector, byte[] content)
            implements PendingChange {}

    /** The length after a write or a cut. */
    record LengthChanged(long order, FaultyFile file, long length) implements PendingChange {}

    /** A change of the directory; an empty name stands for none. */
    record EntryChanged(long order, FaultyFile file, String removed, String added)
            implements PendingChange {

        void applyTo(Map<String, FaultyFile> names) {
            if (names.get(removed) == file) {
                names.remove(removed);
            }
            if (!added.isEmpty()) {
                names.put(added, file);
            }
        }
    }
}
