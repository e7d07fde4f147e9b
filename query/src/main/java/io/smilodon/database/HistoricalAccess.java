package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.store.TransactionRunner.Done;
import io.smilodon.query.exec.Cursor;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** An earlier state, to read only; what existed then exists. Thread-safe. */
record HistoricalAccess(Instance instance, AsOf time) implements Access {

    @Override
    public Snapshot snapshot() {
        instance.cursors().closeIdle();
        try {
            return time.open(instance.store());
        } catch (SmilodonException failure) {
            throw failure.code().equals(ErrorCode.SNAPSHOT_TOO_OLD)
                    ? failure.withHint("a later time, or a longer history window")
                    : failure;
        }
    }

    @Override
    public <T> Done<T> write(long millisMax, Function<Transaction, Attempt<T>> work) {
        throw readOnly("a write");
    }

    @Override
    public void written(CollectionWriter writer) {
        throw new AssertionError("nothing is written here");
    }

    @Override
    public boolean isWhole() {
        return false;
    }

    @Override
    public long estimate(CollectionEntry entry, ReadView view) {
        return instance.sizes().guess(entry, view);
    }

    @Override
    public void requireWritable() {
        throw readOnly("a write");
    }

    @Override
    public void requireNewest(String operation) {
        throw readOnly(operation);
    }

    @Override
    public <T> T statement(Supplier<T> operation) {
        return instance.statement(operation);
    }

    @Override
    public DocumentCursor handOut(DocumentCursor cursor) {
        return cursor;
    }

    @Override
    public boolean advance(Cursor cursor) {
        instance.requireOpen();
        return cursor.advance();
    }

    @Override
    public void close(OpenRead read) {
        read.close();
    }

    @Override
    public Access with(WriteOptions options) {
        return this;
    }

    @Override
    public Access asOf(AsOf other) {
        return new HistoricalAccess(instance, other);
    }

    private SmilodonException readOnly(String operation) {
        return new SmilodonException(
                        ErrorCode.INVALID_OPTIONS,
                        "An earlier state can only be read",
                        Map.of("operation", operation, "asOf", time))
                .withHint("leave asOf out");
    }
}
