package io.smilodon.database;

import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;

/**
 * One collection in a list.
 *
 * @param name the collection's name
 * @param documentCount its documents, approximately while others write
 * @param sizeBytes bytes of its documents as stored, approximately while others write
 * @param indexNames its indexes that can be read, {@code _id_} first
 */
public record CollectionSummary(
        String name, long documentCount, long sizeBytes, List<String> indexNames) {

    public CollectionSummary {
        indexNames = List.copyOf(indexNames);
    }

    /** As the interfaces list it. */
    public Document toDocument() {
        return Document.builder()
                .put("name", name)
                .put("documents", documentCount)
                .put("bytes", sizeBytes)
                .put("indexes", ArrayValue.of(indexNames.stream().map(Value::of).toList()))
                .build();
    }
}
