package io.smilodon.database;

/**
 * A transaction over documents of any databases and collections: its statements see one state of
 * the database plus their own writes, and what they write is committed together or not at all.
 *
 * <p>A statement that fails aborts the transaction. A conflict with another writer is {@code
 * WriteConflict} with the label {@link ErrorLabels#TRANSIENT}: run the whole transaction again. It
 * may last 60 seconds and write 64 MiB. Indexes cannot be created or dropped in it, nor collections
 * dropped; collections come into being with their first document. Cursors that were opened in it
 * end with it.
 *
 * <p>One thread at a time. Closing it aborts it, unless it was committed.
 */
public final class DocumentTransaction implements AutoCloseable {

    private final Smilodon smilodon;
    private final TransactionAccess access;
    private final WriteOptions options;

    DocumentTransaction(Smilodon smilodon, TransactionAccess access, WriteOptions options) {
        this.smilodon = smilodon;
        this.access = access;
        this.options = options;
    }

    TransactionAccess access() {
        return access;
    }

    /** The database of this name, as the transaction sees it. */
    public Database database(String name) {
        return new Database(smilodon, name, access);
    }

    /** Whether it goes on: neither committed nor aborted. */
    public boolean isActive() {
        return access.isActive();
    }

    /**
     * Commits, as durably as the transaction was asked to be. Committing again returns the same.
     *
     * @return the sequence of the commit
     * @throws io.smilodon.engine.error.SmilodonException {@code WriteConflict}: nothing has
     *     happened; with the label {@link ErrorLabels#UNKNOWN_COMMIT}: it may have happened; {@code
     *     NoSuchTransaction}: it has been aborted before
     */
    public long commit() {
        return commit(options);
    }

    /** Commits, as durably as this asks. */
    public long commit(WriteOptions atLeast) {
        return access.commit(atLeast);
    }

    /** Gives up what was written; does nothing if the transaction has ended. */
    public void abort() {
        access.abort();
    }

    @Override
    public void close() {
        abort();
    }
}
