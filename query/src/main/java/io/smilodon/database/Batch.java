package io.smilodon.database;

import io.smilodon.engine.value.Document;
import java.util.List;
import java.util.Optional;

/**
 * Some documents of an answer.
 *
 * @param documents the next documents
 * @param cursorId under which there is more; empty at the end
 * @param source the collection that is read, as {@code database.collection}
 * @param planSummary the plan in one line
 * @param resumeToken behind which who begins anew goes on; of change streams only
 */
public record Batch(
        List<Document> documents,
        Optional<String> cursorId,
        String source,
        String planSummary,
        Optional<Document> resumeToken) {

    public Batch {
        documents = List.copyOf(documents);
    }
}
