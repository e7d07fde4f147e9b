package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.Optional;

/**
 * Some documents of an answer.
 *
 * @param documents the next documents
 * @param cursorId under which there is more; empty at the end
 * @param namespace the collection that is read
 * @param planSummary the plan in one line
 */
public record Batch(
        List<Document> documents,
        Optional<String> cursorId,
        Namespace namespace,
        String planSummary) {

    public Batch {
        documents = List.copyOf(documents);
    }
}
