package io.smilodon.database;

import io.smilodon.engine.store.SyncMode;

/**
 * What a write asks for beyond what the database is configured to do.
 *
 * @param atLeast how durable it must be when it returns; less than configured changes nothing
 */
public record WriteOptions(SyncMode atLeast) {

    /** As the database is configured. */
    public static final WriteOptions DEFAULTS = new WriteOptions(SyncMode.NONE);

    /** On the disk when it returns, whatever is configured. */
    public static final WriteOptions SYNC = new WriteOptions(SyncMode.SYNC);
}
