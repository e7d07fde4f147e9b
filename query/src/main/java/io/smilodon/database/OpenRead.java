package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.query.exec.Cursor;

/** A running read: the cursor, and the snapshot that it must give back. */
record OpenRead(Namespace namespace, Cursor cursor, Snapshot snapshot, String planSummary)
        implements AutoCloseable {

    @Override
    public void close() {
        try {
            cursor.close();
        } finally {
            snapshot.close();
        }
    }
}
