package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import io.smilodon.query.plan.AllowedIndexes;
import io.smilodon.query.plan.CollectionSample;
import io.smilodon.query.plan.CollectionStructure;
import io.smilodon.query.plan.Query;
import io.smilodon.query.plan.QueryShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the planner remembers of one collection's queries, which indexes it may use and which it
 * advises. Remembering and advice are {@code NamespaceNotFound} if there is no such collection.
 * Thread-safe.
 */
public final class Planning {

    private final Access access;
    private final Namespace namespace;

    Planning(Access access, Namespace namespace) {
        this.access = access;
        this.namespace = namespace;
    }

    private CollectionEntry entry(Snapshot snapshot) {
        return find(snapshot)
                .orElseThrow(
                        () ->
                                new SmilodonException(
                                        ErrorCode.NAMESPACE_NOT_FOUND,
                                        "ns does not exist",
                                        Map.of("namespace", namespace)));
    }

    private Optional<CollectionEntry> find(Snapshot snapshot) {
        access.requireNewest("planning");
        Optional<CollectionEntry> entry = access.instance().catalog().find(namespace, snapshot);
        entry.ifPresent(Views::requireCollection);
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
        cache.forgetLike(entry.id(), QueryShape.of(query(like.get(), entry)));
    }

    private Query query(FindRequest like, CollectionEntry entry) {
        return new Queries(access).parse(like).on(entry).query();
    }

    // ---- Shapes of requests

    /** What a find has in common with those for other values. */
    public RequestShape shape(FindRequest request) {
        return RequestShape.ofFind(namespace, new Queries(access).parse(request));
    }

    /** What a search for the different values at a path has in common with others. */
    public RequestShape shape(String path, FindRequest request) {
        return RequestShape.ofDistinct(namespace, path, new Queries(access).parse(request));
    }

    /** What a pipeline has in common with those for other values. */
    public RequestShape shape(List<Document> pipeline, AggregateOptions options) {
        Aggregations.parse(
                pipeline, namespace, Queries.variables(options.let()), new Queries(access));
        return RequestShape.ofPipeline(namespace, pipeline, options);
    }

    // ---- Index filters

    /**
     * Leaves queries that are like this one but for their values these indexes only, whatever they
     * hint, until the database is closed; at most {@value IndexFilters#FILTERS_MAX} can be.
     *
     * @param indexes names and key patterns; there need not be such indexes
     * @throws SmilodonException {@code BadValue} if there is no such collection, or too many
     *     filters
     */
    public void filterIndexes(FindRequest like, List<Value> indexes) {
        changeFilters(
                entry -> {
                    AllowedIndexes allowed =
                            new AllowedIndexes(indexes, AllowedIndexes.Origin.FILTER);
                    access.instance()
                            .indexFilters()
                            .set(
                                    entry.orElseThrow(Planning::noCollection).id(),
                                    query(like, entry.get()),
                                    new IndexFilters.Filter(written(like), allowed));
                });
    }

    private static SmilodonException noCollection() {
        return new SmilodonException(ErrorCode.BAD_VALUE, "no such collection");
    }

    private static Document written(FindRequest like) {
        DocumentBuilder shape =
                Document.builder()
                        .put("query", like.filter())
                        .put("sort", like.sort())
                        .put("projection", like.projection());
        if (!like.collation().isEmpty()) {
            shape.put("collation", like.collation());
        }
        return shape.build();
    }

    /** Lets all queries use all indexes again. */
    public void clearIndexFilters() {
        changeFilters(
                entry -> entry.ifPresent(one -> access.instance().indexFilters().forget(one.id())));
    }

    /** Lets queries that are like this one but for their values use all indexes again. */
    public void clearIndexFilters(FindRequest like) {
        changeFilters(
                entry ->
                        entry.ifPresent(
                                one ->
                                        access.instance()
                                                .indexFilters()
                                                .clear(one.id(), query(like, one))));
    }

    private void changeFilters(Consumer<Optional<CollectionEntry>> change) {
        access.statement(
                () -> {
                    try (Snapshot snapshot = access.snapshot()) {
                        Optional<CollectionEntry> entry = find(snapshot);
                        change.accept(entry);
                        entry.ifPresent(one -> access.instance().planCache().forget(one.id()));
                    }
                    return namespace;
                });
    }

    /**
     * What is filtered, as MongoDB tells it: {@code {query, sort, projection, collation?,
     * indexes}}; nothing if there is no such collection.
     */
    public List<Document> indexFilters() {
        return access.statement(
                () -> {
                    try (Snapshot snapshot = access.snapshot()) {
                        return find(snapshot)
                                .map(entry -> access.instance().indexFilters().of(entry.id()))
                                .orElse(List.of())
                                .stream()
                                .map(Planning::told)
                                .toList();
                    }
                });
    }

    private static Document told(IndexFilters.Filter filter) {
        return filter.shape().with("indexes", ArrayValue.of(filter.allowed().named()));
    }

    // ---- Advice

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
