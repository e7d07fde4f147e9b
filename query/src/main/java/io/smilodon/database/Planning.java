package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.Document;
import io.smilodon.query.plan.CollectionSample;
import io.smilodon.query.plan.CollectionStructure;
import io.smilodon.query.plan.Query;
import io.smilodon.query.plan.QueryShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the planner remembers of one collection's queries, and which indexes it advises. Every
 * method throws {@code NamespaceNotFound} if there is no such collection. Thread-safe.
 */
public final class Planning {

    private final Access access;
    private final Namespace namespace;

    Planning(Access access, Namespace namespace) {
        this.access = access;
        this.namespace = namespace;
    }

    private CollectionEntry entry(Snapshot snapshot) {
        access.requireNewest("planning");
        CollectionEntry entry =
                access.instance()
                        .catalog()
                        .find(namespace, snapshot)
                        .orElseThrow(
                                () ->
                                        new SmilodonException(
                                                ErrorCode.NAMESPACE_NOT_FOUND,
                                                "ns does not exist",
                                                Map.of("namespace", namespace)));
        Views.requireCollection(entry);
        return entry;
    }

    /** Forgets which plans were chosen. */
    public void clear() {
        forget(Optional.empty());
    }

    /** Forgets the plans of queries that are like this one but for their values. */
    public void clear(FindRequest like) {
        forget(Optional.of(like));
    }

    private void forget(Optional<FindRequest> like) {
        access.statement(
                () -> {
                    try (Snapshot snapshot = access.snapshot()) {
                        forget(entry(snapshot), like);
                    }
                    return namespace;
                });
    }

    private void forget(CollectionEntry entry, Optional<FindRequest> like) {
        PlanCache cache = access.instance().planCache();
        if (like.isEmpty()) {
            cache.forget(entry.id());
            return;
        }
        Query query = new Queries(access).parse(like.get()).on(entry).query();
        cache.forgetLike(entry.id(), QueryShape.of(query));
    }

    /**
     * Which indexes would have helped the queries since the database was opened, what they would
     * save, and which indexes are unused or redundant.
     */
    public Document adviseIndexes() {
        return access.statement(this::advise);
    }

    private Document advise() {
        try (Snapshot snapshot = access.snapshot()) {
            Instance instance = access.instance();
            CollectionEntry entry = entry(snapshot);
            CollectionStructure structure = new Plans(access).whole(entry, snapshot);
            Optional<CollectionSample> sample =
                    instance.samples().of(entry, access.estimate(entry, snapshot));
            List<QueryShapes.Use> uses = instance.queryShapes().of(entry.id());
            return new IndexReport(instance, entry)
                    .of(new IndexAdvisor(structure, sample, uses).advise());
        }
    }
}
