package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import java.util.function.Supplier;

/**
 * A running read.
 *
 * @param source what is read, and how
 * @param operation the limits that it keeps
 * @param snapshot what it reads, and must give back
 */
record OpenRead(
        Namespace namespace, OpenRead.Source source, OperationContext operation, Snapshot snapshot)
        implements AutoCloseable {

    /**
     * The documents that a plan yields.
     *
     * @param planSummary tells the plan in one line
     */
    record Source(Cursor cursor, Supplier<String> planSummary) {}

    Cursor cursor() {
        return source.cursor;
    }

    @Override
    public void close() {
        try {
            source.cursor.close();
            operation.leave();
        } finally {
            snapshot.close();
        }
    }
}
