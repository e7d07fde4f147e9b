package io.smilodon.database;

import io.smilodon.engine.store.Isolation;

/**
 * How a transaction over several documents runs.
 *
 * @param isolation what it may notice of others
 * @param write how durable it must be when its commit returns
 * @param millisMax how long a function is run again after conflicts; 0 for the database's limit
 */
public record TransactionSettings(Isolation isolation, WriteOptions write, long millisMax) {

    /** One state for all reads; the first to commit wins. */
    public static final TransactionSettings DEFAULTS =
            new TransactionSettings(Isolation.SNAPSHOT, WriteOptions.DEFAULTS, 0);

    public TransactionSettings {
        Requests.checkNotNegative("maxTimeMS", millisMax);
    }

    public TransactionSettings withIsolation(Isolation level) {
        return new TransactionSettings(level, write, millisMax);
    }

    public TransactionSettings withWrite(WriteOptions options) {
        return new TransactionSettings(isolation, options, millisMax);
    }

    public TransactionSettings withMillisMax(long millis) {
        return new TransactionSettings(isolation, write, millis);
    }
}
