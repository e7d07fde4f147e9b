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
 * @param options what {@code create} was, or could have been, asked for
 */
public record CollectionSummary(
        String name,
        long documentCount,
        long sizeBytes,
        List<String> indexNames,
        Document options) {

    public CollectionSummary {
        indexNames = List.copyOf(indexNames);
    }

    /** A view: it has neither documents nor indexes of its own. */
    static CollectionSummary ofView(String name, Document options) {
        return new CollectionSummary(name, 0, 0, List.of(), options);
    }

    /** Whether it has no documents of its own. */
    public boolean isView() {
        return options.has("viewOn");
    }

    /** {@code view} or {@code collection}, as MongoDB lists it. */
    public String type() {
        return isView() ? "view" : "collection";
    }

    /** As the interfaces list it. */
    public Document toDocument() {
        return Document.builder()
                .put("name", name)
                .put("type", type())
                .put("options", options)
                .put("documents", documentCount)
                .put("bytes", sizeBytes)
                .put("indexes", ArrayValue.of(indexNames.stream().map(Value::of).toList()))
                .build();
    }
}
