package io.smilodon.engine.store;

/**
 * Snapshots that are open, and with them transactions and cursors.
 *
 * @param open how many
 * @param outdatedMillis how long ago the tables that the oldest one reads were replaced; 0 if it
 *     reads the present ones
 */
public record SnapshotStatistics(int open, long outdatedMillis) {}
