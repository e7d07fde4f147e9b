package io.smilodon.database;

import io.smilodon.database.catalog.BuildProgress;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.index.IndexDefinition;
import io.smilodon.query.aggregate.Diagnostics;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.plan.PlanIndexes;
import io.smilodon.security.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the server knows of one collection, and of itself.
 *
 * @param access says whether it is the newest state: nothing is known of others
 * @param view the state of the catalog
 */
record CollectionDiagnostics(Access access, Namespace collection, ReadView view)
        implements Diagnostics {

    private static final String ADMIN = "admin";

    private Instance instance() {
        return access.instance();
    }

    private Optional<CollectionEntry> entry() {
        access.requireNewest("statistics");
        Optional<CollectionEntry> entry = instance().catalog().find(collection, view);
        entry.ifPresent(Views::requireCollection);
        return entry;
    }

    private CollectionEntry existing() {
        return entry().orElseThrow(this::notFound);
    }

    private SmilodonException notFound() {
        return new SmilodonException(
                ErrorCode.NAMESPACE_NOT_FOUND,
                "Collection [" + collection + "] not found.",
                Map.of("namespace", collection));
    }

    @Override
    public String namespace() {
        entry();
        return collection.toString();
    }

    @Override
    public String host() {
        return Host.NAME;
    }

    @Override
    public Document storage(long scale) {
        return new StorageReport(instance(), view, scale).ofCollection(entry());
    }

    @Override
    public long documentCount() {
        return instance().sizes().total(existing(), view).documentCount();
    }

    @Override
    public Document latencies(boolean withBuckets) {
        entry();
        return instance().operations().latencies().report(collection.toString(), withBuckets);
    }

    @Override
    public long scanCount() {
        return instance().indexUses().scans(existing().id());
    }

    @Override
    public List<Document> indexUses() {
        return entry().map(this::indexUses).orElse(List.of());
    }

    @Override
    public List<Document> planCache() {
        List<Document> told = new ArrayList<>();
        for (PlanCache.Remembered known : instance().planCache().of(existing())) {
            told.add(
                    Document.builder()
                            .put("version", "1")
                            .put("planCacheShapeHash", known.shape().hash())
                            .put("planCacheKey", known.shape().key())
                            .put("isActive", true)
                            .put("works", Math.round(known.decision().cost()))
                            .put("timeOfCreation", new DateValue(known.sinceMillis()))
                            .put(
                                    "createdFromQuery",
                                    Document.builder()
                                            .put("query", known.filter())
                                            .put("sort", known.sort())
                                            .build())
                            .put("cachedPlan", known.decision().way())
                            .put("indexFilterSet", known.allowed().areFiltered())
                            .put("host", Host.NAME)
                            .build());
        }
        return told;
    }

    private List<Document> indexUses(CollectionEntry entry) {
        List<Document> uses = new ArrayList<>();
        uses.add(use(IndexDefinition.onId(), entry.id(), PlanIndexes.ON_ID).build());
        for (IndexEntry index : entry.indexes()) {
            DocumentBuilder use = use(index.definition(), entry.id(), index.definition().id());
            if (!index.isReady()) {
                use.put("building", true).put("progress", progress(entry, index));
            }
            uses.add(use.build());
        }
        return uses;
    }

    /** Smilodon's own: how far the building of an index has come. */
    private Document progress(CollectionEntry entry, IndexEntry index) {
        BuildProgress progress = instance().catalog().buildProgress(index.definition().id(), view);
        long total = instance().sizes().guess(entry, view);
        return Document.builder()
                .put("documents", NumberValue.intOrLong(progress.documents()))
                .put("bytes", NumberValue.intOrLong(progress.bytes()))
                .put("total", NumberValue.intOrLong(Math.max(total, progress.documents())))
                .build();
    }

    private DocumentBuilder use(IndexDefinition index, int collectionId, int indexId) {
        IndexUses.Counted counted = instance().indexUses().of(collectionId, indexId);
        return Document.builder()
                .put("name", index.name())
                .put("key", index.pattern().toDocument())
                .put("host", Host.NAME)
                .put(
                        "accesses",
                        Document.builder()
                                .put("ops", counted.count())
                                .put("since", counted.since())
                                .build())
                .put("spec", index.toSpecification());
    }

    @Override
    public List<Document> queryStatistics(Optional<BinaryValue> hmacKey) {
        requireServer("$queryStats");
        long now = instance().options().clock().millis();
        return new QueryStatistics(instance().queryShapes(), hmacKey, now)
                .of(instance().catalog().collections(view));
    }

    @Override
    public List<Document> querySettings(boolean withShapes) {
        requireServer("$querySettings");
        return instance().querySettings().all(withShapes);
    }

    @Override
    public void requireServer(String stage) {
        access.requireNewest(stage);
        boolean isOfServer =
                collection.database().equals(ADMIN)
                        && collection.collection().equals(Database.NO_COLLECTION);
        if (!isOfServer) {
            throw new SmilodonException(
                            ErrorCode.INVALID_NAMESPACE,
                            stage
                                    + " must be run against the 'admin' database with {aggregate:"
                                    + " 1}",
                            Map.of("namespace", collection))
                    .at(Location.ROOT.child("pipeline"));
        }
    }

    @Override
    public List<Document> operations(boolean ofAllUsers, boolean withIdleCursors) {
        requireServer("$currentOp");
        Caller caller = OperationScope.permit().caller();
        boolean areAll = ofAllUsers || caller.isUnrestricted();
        List<Document> running = new ArrayList<>();
        for (RunningOperation operation : instance().operations().running()) {
            if (areAll || operation.isOf(caller)) {
                running.add(operation.toDocument());
            }
        }
        if (withIdleCursors) {
            running.addAll(instance().cursors().idle(owner -> areAll || owner.isOf(caller)));
        }
        return running;
    }
}
