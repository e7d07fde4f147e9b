package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.VersionedValue;
import io.smilodon.engine.value.Document;
import io.smilodon.index.key.IndexKey;
import io.smilodon.query.exec.Cursor;
import io.smilodon.query.exec.OperationContext;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.query.plan.CostModel;
import java.util.Optional;

/** What a find is answered that is like one before but for its value. Not thread-safe. */
final class KnownLookupCursor implements Cursor {

    private final KnownLookup lookup;
    private final FindRequest request;
    private final Queries queries;
    private final Snapshot snapshot;
    private final OperationContext operation;

    /** For how many runs its time stands. */
    private final int timedRuns;

    private final long start;
    private boolean isRead;
    private int keys;
    private int documents;
    private boolean isClosed;
    private Document current = Document.EMPTY;

    private KnownLookupCursor(
            KnownLookup lookup, FindRequest request, Queries queries, Snapshot snapshot) {
        this.lookup = lookup;
        this.request = request;
        this.queries = queries;
        this.snapshot = snapshot;
        this.timedRuns = lookup.time().next();
        this.start = timedRuns == 0 ? 0 : System.nanoTime();
        this.operation =
                queries.access()
                        .instance()
                        .operationBudget()
                        .begin(request.maxTimeMillis())
                        .under(lookup.entry().collation());
    }

    /** Answers a find, if the same has been planned but for the value. */
    static Optional<DocumentCursor> open(
            FindRequest request, Namespace namespace, Queries queries) {
        Access access = queries.access();
        Instance instance = access.instance();
        Optional<KnownLookup> lookup = instance.knownLookups().of(namespace, request);
        if (lookup.isEmpty()
                || !instance.querySettings().isEmpty()
                || !instance.indexFilters().isEmpty()) {
            return Optional.empty();
        }
        Snapshot snapshot = access.snapshot();
        try {
            if (isOf(lookup.get(), namespace, instance, snapshot)) {
                KnownLookupCursor cursor =
                        new KnownLookupCursor(lookup.get(), request, queries, snapshot);
                return Optional.of(new DocumentCursor(access, cursor.begun()));
            }
        } catch (RuntimeException failure) {
            snapshot.close();
            throw failure;
        }
        snapshot.close();
        return Optional.empty();
    }

    /** Whether the plan holds for what the request sees. */
    private static boolean isOf(
            KnownLookup lookup, Namespace namespace, Instance instance, Snapshot snapshot) {
        Optional<CollectionEntry> entry = instance.catalog().find(namespace, snapshot);
        return entry.isPresent() && entry.get() == lookup.entry() && !Views.isView(lookup.entry());
    }

    private OpenRead begun() {
        OperationScope.isOfShape(
                () -> RequestShape.ofFind(namespace(), queries.parse(request)).hash());
        OperationScope.carriesOut(lookup);
        lookup.uses().increment();
        return new OpenRead(
                namespace(),
                Optional.of(lookup.entry()),
                new OpenRead.Source(this, lookup::summary),
                operation,
                snapshot);
    }

    private Namespace namespace() {
        return lookup.entry().namespace();
    }

    @Override
    public boolean advance() {
        if (isRead) {
            return false;
        }
        isRead = true;
        operation.checkAlive();
        IndexKey key = lookup.key(request.filter().iterator().next().value());
        Optional<byte[]> id = lookup.index().maintainer().idOf(key, snapshot);
        if (id.isEmpty()) {
            return false;
        }
        keys = 1;
        Optional<VersionedValue> stored =
                snapshot.get(Keyspace.documentOfIdKey(lookup.entry().id(), id.get()));
        if (stored.isEmpty()) {
            operation.countExamined(1, 0);
            return false;
        }
        documents = 1;
        operation.countExamined(1, 1);
        current = DocumentCodec.decode(stored.get().value());
        return true;
    }

    @Override
    public Document current() {
        return current;
    }

    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        double cost = keys * CostModel.INDEX_ENTRY + documents * CostModel.FETCHED_DOCUMENT;
        long nanos = timedRuns == 0 ? 0 : timedRuns * (System.nanoTime() - start);
        queries.access()
                .instance()
                .queryShapes()
                .record(
                        lookup.entry().id(),
                        lookup.shape(),
                        () -> queries.parse(request).on(lookup.entry()).query(),
                        new QueryShapes.Spent(nanos, cost, documents, documents));
    }
}
