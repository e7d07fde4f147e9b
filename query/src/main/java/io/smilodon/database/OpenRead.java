package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;

/**
 * A running read.
 *
 * @param operation the limits that the cursor keeps
 * @param snapshot what it reads, and must give back
 */
record OpenRead(
        Namespace namespace,
        Cursor cursor,
        OperationContext operation,
        Snapshot snapshot,
        String planSummary)
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
