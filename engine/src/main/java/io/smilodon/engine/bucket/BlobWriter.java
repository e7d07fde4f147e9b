package io.smilodon.engine.bucket;

import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionRunner;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.store.TransactionRunner.Done;
import java.util.function.Function;

/**
 * Carries out writes as their caller asks. Thread-safe.
 *
 * @param atLeast how durable they must be when they return; less than configured changes nothing
 * @param millisMax how long one that others outrun is run again; 0 for the default
 */
record BlobWriter(TransactionRunner transactions, SyncMode atLeast, long millisMax) {

    /** As the store is configured. */
    BlobWriter(TransactionRunner transactions) {
        this(transactions, SyncMode.NONE, 0);
    }

    <T> Done<T> run(Function<Transaction, Attempt<T>> work) {
        return transactions.run(millisMax, atLeast, work);
    }

    BlobWriter withAtLeast(SyncMode mode) {
        return new BlobWriter(transactions, mode, millisMax);
    }

    BlobWriter withMillisMax(long millis) {
        return new BlobWriter(transactions, atLeast, millis);
    }
}
