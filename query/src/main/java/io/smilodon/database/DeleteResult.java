package io.smilodon.database;

/**
 * What a delete did.
 *
 * @param deletedCount documents that are gone
 */
public record DeleteResult(long deletedCount) {}
