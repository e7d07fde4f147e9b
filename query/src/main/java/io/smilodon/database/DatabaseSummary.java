package io.smilodon.database;

/**
 * One database in a list.
 *
 * @param name the database's name
 * @param collectionCount its collections
 * @param documentCount documents of all collections, approximately
 * @param sizeBytes bytes of all documents, approximately
 */
public record DatabaseSummary(
        String name, int collectionCount, long documentCount, long sizeBytes) {}
