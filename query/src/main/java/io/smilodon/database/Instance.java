package io.smilodon.database;

import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.engine.bucket.Buckets;
import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.TransactionRunner;
import io.smilodon.index.text.lucene.LuceneIndexes;
import io.smilodon.query.exec.OperationBudget;
import io.smilodon.query.exec.OperationScope;
import io.smilodon.security.Users;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** What all databases and collections of one open data directory share. Thread-safe. */
final class Instance implements AutoCloseable {

    private final KeyValueStore store;
    private final DatabaseOptions options;
    private final OperationBudget operationBudget;
    private final TransactionRunner transactions;
    private final CursorRegistry cursors;
    private final Buckets buckets;
    private final Catalog catalog;
    private final Validators validators = new Validators();
    private final CollectionSizes sizes = new CollectionSizes();
    private final CollectionSamples samples;
    private final PlanCache planCache = new PlanCache();
    private final KnownLookups knownLookups = new KnownLookups();
    private final IndexFilters indexFilters = new IndexFilters();
    private final QuerySettings querySettings;
    private final QueryShapes queryShapes = new QueryShapes();
    private final Activity activity = new Activity();
    private final Traffic traffic = new Traffic();
    private final IndexSizes indexSizes = new IndexSizes();
    private final IndexUses indexUses = new IndexUses();
    private final CappedTurns cappedTurns = new CappedTurns();
    private final ReentrantLock indexBuilds = new ReentrantLock(true);
    private final Access newest = new NewestAccess(this, WriteOptions.DEFAULTS);
    private final Definitions definitions = new Definitions(newest);
    private final OperationRegistry operations =
            new OperationRegistry(activity, new Profile(newest));
    private final Users users;
    private final Parameters parameters = new Parameters(this);
    private final Scrubbing scrubbing;
    private final LuceneIndexes luceneIndexes;
    private final TtlSweep ttl;
    private final ResumedBuilds resumedBuilds = new ResumedBuilds(this);
    private final WriteHold writeHold;
    private final long startNanos = System.nanoTime();
    private volatile boolean refusesScans;
    private volatile boolean isClosed;

    private Instance(KeyValueStore store, StorageDirectory files, DatabaseOptions options) {
        this.store = store;
        this.catalog = new Catalog(store::readByScans);
        this.writeHold = new WriteHold(store);
        this.luceneIndexes = new LuceneIndexes(store, files);
        this.options = options;
        this.users = new Users(new StoredUsers(newest), options.clock());
        this.querySettings = new QuerySettings(newest);
        this.samples = new CollectionSamples(store, sizes);
        this.operationBudget = new OperationBudget(options.operations());
        this.transactions = new TransactionRunner(store, options.conflictMillisMax());
        this.buckets = Buckets.open(store, options.conflictMillisMax());
        this.cursors =
                new CursorRegistry(options, document -> DocumentCodec.encode(document).length);
        this.scrubbing = new Scrubbing(store, options.scrub());
        this.ttl = new TtlSweep(this, options.ttl());
    }

    WriteHold writeHold() {
        return writeHold;
    }

    Users users() {
        return users;
    }

    Parameters parameters() {
        return parameters;
    }

    /** Whether queries fail that no index serves. */
    boolean refusesScans() {
        return refusesScans;
    }

    void refuseScans(boolean areRefused) {
        refusesScans = areRefused;
    }

    TtlSweep ttl() {
        return ttl;
    }

    Scrubbing scrubbing() {
        return scrubbing;
    }

    /**
     * Takes over the store; the building of indexes that was cut short goes on.
     *
     * @param files where the store lies; files of Lucene lie beside its own
     */
    static Instance start(KeyValueStore store, StorageDirectory files, DatabaseOptions options) {
        Instance instance = new Instance(store, files, options);
        try {
            instance.querySettings.load();
            instance.definitions.dropTemporaries();
            instance.definitions.dropLostSearchFiles();
            instance.scrubbing.start();
            instance.ttl.start();
            instance.resumedBuilds.start();
            return instance;
        } catch (RuntimeException failure) {
            instance.close();
            throw failure;
        }
    }

    DatabaseOptions options() {
        return options;
    }

    KeyValueStore store() {
        return store;
    }

    TransactionRunner transactions() {
        return transactions;
    }

    Buckets buckets() {
        return buckets;
    }

    Catalog catalog() {
        return catalog;
    }

    Validators validators() {
        return validators;
    }

    CollectionSizes sizes() {
        return sizes;
    }

    /** Samples of the collections, for the planner. */
    CollectionSamples samples() {
        return samples;
    }

    PlanCache planCache() {
        return planCache;
    }

    KnownLookups knownLookups() {
        return knownLookups;
    }

    QuerySettings querySettings() {
        return querySettings;
    }

    IndexFilters indexFilters() {
        return indexFilters;
    }

    QueryShapes queryShapes() {
        return queryShapes;
    }

    /** What all operations hold together. */
    OperationBudget operationBudget() {
        return operationBudget;
    }

    Activity activity() {
        return activity;
    }

    Traffic traffic() {
        return traffic;
    }

    /** Takes a writer's transaction into account, which is committed. */
    void written(CollectionWriter writer) {
        sizes.add(writer);
        activity.written(writer);
    }

    IndexSizes indexSizes() {
        return indexSizes;
    }

    IndexUses indexUses() {
        return indexUses;
    }

    OperationRegistry operations() {
        return operations;
    }

    CappedTurns cappedTurns() {
        return cappedTurns;
    }

    /** Ends the cursors of a collection that was dropped or renamed. */
    void endReaders(CollectionEntry gone) {
        lost(gone).ifPresent(why -> cursors.endReaders(gone.id(), why));
    }

    /** Why cursors of a collection cannot go on, if it is not there under its name any more. */
    Optional<SmilodonException> lost(CollectionEntry known) {
        try (Snapshot now = store.snapshot()) {
            return LostCollection.of(known, catalog, now);
        }
    }

    /** Forgets what is kept in memory of a collection that was dropped. */
    void forget(CollectionEntry dropped) {
        endReaders(dropped);
        sizes.forget(dropped.id());
        samples.forget(dropped.id());
        planCache.forget(dropped.id());
        knownLookups.forget(dropped.namespace());
        indexFilters.forget(dropped.id());
        queryShapes.forget(dropped.id());
        indexSizes.forget(dropped.id());
        indexUses.forget(dropped.id());
        cappedTurns.end(dropped.namespace());
        users.invalidate(); // they may have been in it
        operations.latencies().forget(dropped.namespace().toString());
        dropped.searchIndexes().forEach(index -> luceneIndexes.drop(index.id()));
    }

    /** The same of one that another has taken the name of, which is written down. */
    void replaced(CollectionEntry dropped) {
        forget(dropped);
        users.audit().replaced(OperationScope.permit().caller(), dropped.namespace().toString());
    }

    /** The indexes that Lucene keeps. */
    LuceneIndexes luceneIndexes() {
        return luceneIndexes;
    }

    Definitions definitions() {
        return definitions;
    }

    /** The newest state, written as the database is configured. */
    Access newest() {
        return newest;
    }

    /** Refuses whoever still holds a handle or a cursor when the database is closed. */
    void requireOpen() {
        if (isClosed) {
            throw new SmilodonException(
                    ErrorCode.SHUTDOWN_IN_PROGRESS, "The database has been closed");
        }
    }

    /** Runs one operation of a user, within the time that each of them has. */
    <T> T statement(Supplier<T> operation) {
        requireOpen();
        return OperationScope.within(options.operations().timeMillisMax(), operation);
    }

    CursorRegistry cursors() {
        return cursors;
    }

    /**
     * Held while an index is built, so that builds wait for each other instead of failing. What is
     * right does not depend on it.
     */
    ReentrantLock indexBuilds() {
        return indexBuilds;
    }

    /** The state to read; also the moment to give up cursors that hold an old one for nobody. */
    Snapshot snapshot() {
        cursors.closeIdle();
        return store.snapshot();
    }

    SmilodonStatistics statistics() {
        long uptime = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
        return new SmilodonStatistics(
                store.statistics(),
                cursors.openCount(),
                uptime,
                scrubbing.statistics(),
                operationBudget.held(),
                ttl.statistics());
    }

    @Override
    public void close() {
        isClosed = true;
        writeHold.end(); // what is to be closed may wait to write
        scrubbing.close();
        ttl.close();
        resumedBuilds.close();
        try {
            cursors.close();
            luceneIndexes.close();
        } finally {
            users.audit().close();
            store.close();
        }
    }
}
