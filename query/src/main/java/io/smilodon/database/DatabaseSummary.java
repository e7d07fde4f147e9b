package io.smilodon.database;

import io.smilodon.engine.value.Document;

/**
 * One database in a list.
 *
 * @param name the database's name
 * @param collectionCount its collections
 * @param documentCount documents of all collections, approximately
 * @param sizeBytes bytes of all documents, approximately
 */
public record DatabaseSummary(
        String name, int collectionCount, long documentCount, long sizeBytes) {

    /** As the interfaces list it. */
    public Document toDocument() {
        return Document.builder()
                .put("name", name)
                .put("collections", collectionCount)
                .put("documents", documentCount)
                .put("bytes", sizeBytes)
                .build();
    }
}
