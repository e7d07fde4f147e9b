package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.store.TransactionRunner.Done;
import io.smilodon.query.exec.Cursor;
import java.util.function.Function;
import java.util.function.Supplier;

/** The newest state; each write is a transaction of its own. Thread-safe. */
record NewestAccess(Instance instance, WriteOptions options) implements Access {

    @Override
    public Snapshot snapshot() {
        return instance.snapshot();
    }

    @Override
    public <T> Done<T> write(long millisMax, Function<Transaction, Attempt<T>> work) {
        return instance.transactions().run(millisMax, options.atLeast(), work);
    }

    @Override
    public void written(CollectionWriter writer) {
        instance.written(writer);
    }

    @Override
    public boolean isWhole() {
        return false;
    }

    @Override
    public long estimate(CollectionEntry entry, ReadView view) {
        return instance.sizes().estimate(entry, view);
    }

    @Override
    public void requireWritable() {
        // It is, as far as the store is.
    }

    @Override
    public void requireNewest(String operation) {
        // This is the newest state, and no transaction.
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
    public boolean keepsCollections() {
        return false;
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
    public Access with(WriteOptions others) {
        return new NewestAccess(instance, others);
    }

    @Override
    public Access asOf(AsOf time) {
        return new HistoricalAccess(instance, time);
    }
}
