package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A running read.
 *
 * @param collection the one behind all views, if it exists
 * @param source what is read, and how
 * @param operation the limits that it keeps
 * @param snapshot what it reads, and must give back
 */
record OpenRead(
        Namespace namespace,
        Optional<CollectionEntry> collection,
        OpenRead.Source source,
        OperationContext operation,
        Snapshot snapshot)
        implements AutoCloseable {

    /**
     * The documents that a plan yields.
     *
     * @param planSummary tells the plan in one line
     */
    record Source(Cursor cursor, Supplier<String> planSummary) {}

    /** What is read, and where that comes from. */
    record Found(Views.Source from, Source source) {}

    /** What is read from where. */
    record Place(Access access, Namespace namespace) {

        /** A cursor on the state; of what cannot be opened nothing stays behind. */
        DocumentCursor open(OperationContext operation, Function<Snapshot, Found> reading) {
            try {
                Snapshot snapshot = access.snapshot();
                try {
                    Found found = reading.apply(snapshot);
                    OpenRead read =
                            new OpenRead(
                                    namespace,
                                    found.from.entry(),
                                    found.source,
                                    operation,
                                    snapshot);
                    return new DocumentCursor(access, read);
                } catch (RuntimeException failure) {
                    snapshot.close();
                    throw failure;
                }
            } catch (RuntimeException failure) {
                operation.end();
                throw failure;
            }
        }
    }

    Cursor cursor() {
        return source.cursor;
    }

    @Override
    public void close() {
        try {
            source.cursor.close();
            operation.leave();
        } finally {
            operation.end();
            snapshot.close();
        }
    }
}
