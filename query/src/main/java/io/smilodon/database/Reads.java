package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.FieldPath;
import io.smilodon.engine.value.Value;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.predicate.PredicateParser;
import io.smilodon.query.update.DocumentRules;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds, counts and explains in one collection. As safe as its access. */
final class Reads {

    private final Access access;
    private final Instance instance;
    private final Namespace namespace;
    private final Queries queries;
    private final Aggregations aggregations;
    private final Explanations explanations;

    /**
     * @param writes those of the collection, for pipelines that write
     */
    Reads(Access access, CollectionWrites writes) {
        this.access = access;
        this.instance = access.instance();
        this.namespace = writes.namespace();
        this.queries = new Queries(access);
        this.aggregations = new Aggregations(access, writes);
        this.explanations = new Explanations(access, namespace);
    }

    boolean exists() {
        try (Snapshot snapshot = access.snapshot()) {
            return instance.catalog().find(namespace, snapshot).isPresent();
        }
    }

    boolean isView() {
        return is(Views::isView);
    }

    boolean isCapped() {
        return is(CollectionEntry::isCapped);
    }

    private boolean is(Predicate<CollectionEntry> kind) {
        try (Snapshot snapshot = access.snapshot()) {
            return instance.catalog().find(namespace, snapshot).filter(kind).isPresent();
        }
    }

    DocumentCursor find(FindRequest request) {
        Optional<DocumentCursor> known = KnownLookupCursor.open(request, namespace, queries);
        return known.isPresent() ? known.get() : findAsPlanned(request);
    }

    private DocumentCursor findAsPlanned(FindRequest request) {
        Queries.Parsed parsed = queries.parse(request);
        Settled settled = queries.settled(namespace, () -> RequestShape.ofFind(namespace, parsed));
        return queries.find(namespace, parsed, settled);
    }

    Optional<Document> findOne(FindRequest request) {
        Optional<Value> id = IdFilter.idOf(request);
        if (id.isPresent()) {
            return findById(id.get()).map(VersionedDocument::document);
        }
        try (DocumentCursor cursor = find(request.withLimit(1))) {
            return cursor.hasNext() ? Optional.of(cursor.next()) : Optional.empty();
        }
    }

    Optional<VersionedDocument> findById(Value id) {
        try (Snapshot snapshot = access.snapshot()) {
            Optional<CollectionEntry> entry = instance.catalog().find(namespace, snapshot);
            if (entry.isPresent() && Views.isView(entry.get())) {
                return findInView(entry.get(), id, snapshot);
            }
            entry.ifPresent(found -> instance.indexUses().countIdLookup(found.id()));
            Optional<VersionedDocument> document =
                    entry.flatMap(found -> snapshot.get(found.documentKey(id)))
                            .map(stored -> StoredDocument.versioned(stored, snapshot.sequence()));
            OperationScope.lookedUp(document.isPresent());
            return document;
        }
    }

    private Optional<VersionedDocument> findInView(
            CollectionEntry entry, Value id, Snapshot snapshot) {
        Document filter = Document.of(DocumentRules.ID, Document.of("$eq", id));
        OperationContext operation = instance.operationBudget().begin(0);
        operation.under(queries.resolve(namespace, snapshot).collation());
        SnapshotContext context = SnapshotContext.of(queries, namespace, snapshot, operation);
        try (Cursor cursor = context.find(namespace.collection(), PredicateParser.parse(filter))) {
            return cursor.advance()
                    ? Optional.of(
                            new VersionedDocument(cursor.current(), version(entry, id, snapshot)))
                    : Optional.empty();
        }
    }

    /**
     * What a view shows may have changed with any commit: its version is that of the last one. Who
     * sees some documents of a collection, but whole, knows their own versions.
     */
    private static long version(CollectionEntry entry, Value id, Snapshot snapshot) {
        if (entry.isView() || Views.isProjecting(entry)) {
            return snapshot.sequence();
        }
        return snapshot.get(entry.documentKey(id))
                .map(stored -> StoredDocument.versioned(stored, snapshot.sequence()).version())
                .orElse(snapshot.sequence());
    }

    long count(FindRequest request) {
        FindRequest unordered = request.withProjection(Document.EMPTY).withSort(Document.EMPTY);
        long count = 0;
        try (DocumentCursor cursor =
                queries.find(namespace, queries.parse(unordered).counted(), Settled.NOTHING)) {
            while (cursor.skipOne()) {
                count++;
            }
        }
        return count;
    }

    long estimatedCount() {
        access.requireNewest("estimatedCount");
        try (Snapshot snapshot = access.snapshot()) {
            Optional<CollectionEntry> entry = instance.catalog().find(namespace, snapshot);
            if (entry.isPresent() && Views.isView(entry.get())) {
                return count(FindRequest.of(Document.EMPTY));
            }
            return entry.map(found -> instance.sizes().total(found, snapshot).documentCount())
                    .orElse(0L);
        }
    }

    List<Value> distinct(String path, FindRequest request) {
        requirePath(path);
        FieldPath parsedPath = FieldPath.parse(path);
        Queries.Parsed parsed = queries.parse(request);
        Settled settled =
                queries.settled(namespace, () -> RequestShape.ofDistinct(namespace, path, parsed));
        try (DocumentCursor cursor =
                queries.find(namespace, parsed.distinct(parsedPath), settled)) {
            DistinctValues values = new DistinctValues(parsedPath, cursor.collation().order());
            cursor.forEachRemaining(values::addFrom);
            return values.inOrder();
        }
    }

    private static void requirePath(String path) {
        if (path.isEmpty() || path.indexOf('\0') >= 0) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE, "Key field must be a path that is not empty")
                    .at(Location.ROOT.child("key"));
        }
    }

    DocumentCursor aggregate(List<Document> pipeline, AggregateOptions options) {
        return aggregations.open(pipeline, options);
    }

    Document explain(FindRequest request, Verbosity verbosity) {
        Queries.Parsed parsed = queries.parse(request);
        RequestShape shape = RequestShape.ofFind(namespace, parsed);
        return explanations.ofFind(parsed, Optional.of(shape), verbosity);
    }

    Document explainCount(FindRequest request, Verbosity verbosity) {
        FindRequest unordered = request.withProjection(Document.EMPTY).withSort(Document.EMPTY);
        return explanations.ofFind(queries.parse(unordered).counted(), Optional.empty(), verbosity);
    }

    Document explainDistinct(String path, FindRequest request, Verbosity verbosity) {
        requirePath(path);
        Queries.Parsed parsed = queries.parse(request);
        RequestShape shape = RequestShape.ofDistinct(namespace, path, parsed);
        return explanations.ofFind(
                parsed.distinct(FieldPath.parse(path)), Optional.of(shape), verbosity);
    }

    Document explain(List<Document> pipeline, AggregateOptions options, Verbosity verbosity) {
        return explanations.ofPipeline(pipeline, options, verbosity);
    }

    Optional<CollectionSummary> summary() {
        access.requireNewest("stats");
        return instance.definitions().collection(namespace);
    }

    Document storageStats(long scale) {
        access.requireNewest("collStats");
        try (Snapshot snapshot = access.snapshot()) {
            Optional<CollectionEntry> entry = instance.catalog().find(namespace, snapshot);
            entry.ifPresent(Views::requireCollection);
            return new StorageReport(instance, snapshot, scale).ofCollection(entry);
        }
    }

    /** Empty if there is no such collection. */
    Optional<CollectionVerification> verify() {
        access.requireNewest("verify");
        try (Snapshot snapshot = access.snapshot()) {
            Optional<CollectionEntry> entry = instance.catalog().find(namespace, snapshot);
            entry.ifPresent(Views::requireCollection);
            return entry.map(
                    found ->
                            new IndexVerification(
                                            found, snapshot, new SearchFiles(instance, snapshot))
                                    .run());
        }
    }
}
