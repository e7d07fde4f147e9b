package io.smilodon.query.aggregate;

import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.predicate.Predicate;
import io.smilodon.query.testing.ListCursor;
import java.util.List;
import java.util.Map;

/** A stage context over collections that are lists. */
record MemoryCollections(OperationContext operation, Map<String, List<Document>> collections)
        implements StageContext {

    static MemoryCollections none() {
        return new MemoryCollections(OperationContext.unlimited(), Map.of());
    }

    @Override
    public Cursor find(String collection, Predicate filter) {
        return new ListCursor(
                collections.getOrDefault(collection, List.of()).stream()
                        .filter(filter::matches)
                        .toList());
    }

    /** With nothing but what is looked at. */
    @Override
    public Cursor find(String collection, Predicate filter, NeededFields fields) {
        return new ListCursor(
                collections.getOrDefault(collection, List.of()).stream()
                        .filter(filter::matches)
                        .map(document -> SplitRunner.onlyNeeded(document, fields))
                        .toList());
    }
}
