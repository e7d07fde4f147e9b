package io.smilodon.engine.store;

import io.smilodon.engine.memtable.Memtable;

/**
 * A memtable that is no longer written and waits to become a segment.
 *
 * @param table the commits
 * @param lastLsn the last frame of the log that it covers
 */
record FrozenMemtable(Memtable table, long lastLsn) {}
