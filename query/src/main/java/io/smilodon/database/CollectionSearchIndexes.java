package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.catalog.SearchIndexEntry;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.OperationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The search indexes of one collection, for {@code $search} and {@code $vectorSearch}. Thread-safe.
 */
public final class CollectionSearchIndexes {

    private final Access access;
    private final Namespace namespace;
    private final SearchIndexes indexes;

    CollectionSearchIndexes(Access access, Namespace namespace) {
        this.access = access;
        this.namespace = namespace;
        this.indexes = new SearchIndexes(access, namespace);
    }

    /**
     * Creates an index; it is filled meanwhile, and whoever searches waits for that.
     *
     * @param specification MongoDB's: {@code {name?, type?, definition: {mappings: ...}}}
     * @return its name
     */
    public String create(Document specification) {
        List<Document> created = createAll(List.of(specification), Location.ROOT);
        return ((io.smilodon.engine.value.StringValue) created.get(0).get("name")).value();
    }

    /**
     * Creates all of them or none.
     *
     * @return the id and the name of each
     */
    public List<Document> createAll(List<Document> specifications, Location location) {
        return access.statement(
                () -> {
                    List<Document> created = new ArrayList<>();
                    for (SearchIndexEntry index : indexes.create(specifications, location)) {
                        created.add(
                                Document.builder()
                                        .put("id", index.publicId())
                                        .put("name", Value.of(index.name()))
                                        .build());
                    }
                    return created;
                });
    }

    /**
     * Gives an index another definition.
     *
     * @param nameOrId its name, or the id of its listing
     */
    public void update(String nameOrId, Document definition) {
        access.statement(
                () -> {
                    indexes.update(nameOrId, definition, Location.ROOT.child("definition"));
                    return nameOrId;
                });
    }

    /** Drops an index, named likewise. */
    public void drop(String nameOrId) {
        access.statement(
                () -> {
                    indexes.drop(nameOrId);
                    return nameOrId;
                });
    }

    /** What {@code $listSearchIndexes} shows. */
    public List<Document> list() {
        return access.statement(
                () -> {
                    try (Snapshot snapshot = access.snapshot()) {
                        OperationContext operation = OperationContext.unlimited();
                        return new CollectionSearching(
                                        access.instance(), namespace, snapshot, operation)
                                .indexes(Optional.empty());
                    }
                });
    }
}
