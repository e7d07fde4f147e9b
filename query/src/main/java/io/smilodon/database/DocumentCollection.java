package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.database.stream.WatchScope;
import io.smilodon.engine.store.Precondition;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A named set of documents, each with its own {@code _id}. It need not exist: reading finds nothing
 * then, and the first insert creates it. Every write is atomic for one document and durable when it
 * returns, as far as the options ask for it. All errors are {@link
 * io.smilodon.engine.error.SmilodonException}s with MongoDB's codes. Thread-safe.
 */
public final class DocumentCollection {

    private final Database database;
    private final Namespace namespace;
    private final Access access;
    private final CollectionWrites writes;
    private final VisibleOperations visible;
    private final Reads reads;
    private final Inserts inserts;
    private final Modifications modifications;
    private final ConditionalWrites conditional;
    private final Indexes indexes;

    DocumentCollection(Database database, Namespace namespace, Access access) {
        this(database, access, new CollectionWrites(access, namespace));
    }

    private DocumentCollection(Database database, Access access, CollectionWrites writes) {
        this.database = database;
        this.namespace = writes.namespace();
        this.access = access;
        this.writes = writes;
        this.visible = new VisibleOperations(access, namespace);
        this.reads = new Reads(access, writes);
        this.inserts = new Inserts(writes);
        this.modifications = new Modifications(access, writes);
        this.conditional = new ConditionalWrites(writes);
        this.indexes = new Indexes(access, namespace);
    }

    public Database database() {
        return database;
    }

    public Namespace namespace() {
        return namespace;
    }

    /** The same collection; what is written through it is as durable as this asks. */
    public DocumentCollection with(WriteOptions options) {
        Access other = access.with(options);
        return new DocumentCollection(database, other, writes.through(other));
    }

    /**
     * The same collection as it was at that time, to read only. A collection or an index that did
     * not exist then does not exist in it. Reading a time that is no longer kept is {@code
     * SnapshotTooOld}.
     */
    public DocumentCollection asOf(AsOf time) {
        return new DocumentCollection(database, namespace, access.asOf(time));
    }

    /** The same collection; what is written through it need not obey the collection's validator. */
    public DocumentCollection bypassingValidation() {
        return new DocumentCollection(database, access, writes.bypassingValidation());
    }

    /** The same collection; whole documents written through it keep their empty timestamps. */
    public DocumentCollection keepingEmptyTimestamps() {
        return new DocumentCollection(database, access, writes.keepingEmptyTimestamps());
    }

    /** Runs operations that count as one: in a transaction, any failure among them aborts it. */
    public <T> T statement(Supplier<T> operations) {
        return access.statement(operations);
    }

    /** Whether what is written through it belongs to a transaction that goes on. */
    public boolean isInTransaction() {
        return access.isWhole();
    }

    /** Whether the collection exists. */
    public boolean exists() {
        return access.statement(() -> reads.exists());
    }

    /** Whether it is a view of another collection. */
    public boolean isView() {
        return access.statement(() -> reads.isView());
    }

    /** Whether it is capped: it keeps the newest documents, in the order of their insertion. */
    public boolean isCapped() {
        return access.statement(() -> reads.isCapped());
    }

    // ---- Reading

    /** Every document that matches; an empty filter matches all. Close the cursor. */
    public DocumentCursor find(Document filter) {
        return find(FindRequest.of(filter));
    }

    /** What the request asks for. Close the cursor. */
    public DocumentCursor find(FindRequest request) {
        return access.statement(() -> access.handOut(reads.find(request)));
    }

    /**
     * The same of a capped collection, in the order of insertion, and then what is inserted later;
     * readers may wait for that if the cursor awaits data. Another collection is {@code BadValue}.
     */
    public TailCursor tail(FindRequest request, boolean awaitsData) {
        return access.statement(() -> TailRequest.open(access, namespace, request, awaitsData));
    }

    /** The first document that matches. */
    public Optional<Document> findOne(Document filter) {
        return findOne(FindRequest.of(filter));
    }

    /** The first document that the request asks for; its limit is not looked at. */
    public Optional<Document> findOne(FindRequest request) {
        return access.statement(() -> reads.findOne(request));
    }

    /** The document with this {@code _id} and the version that wrote it. */
    public Optional<VersionedDocument> findById(Value id) {
        return access.statement(() -> reads.findById(id));
    }

    /** How many documents match, exactly. */
    public long count(Document filter) {
        return count(FindRequest.of(filter));
    }

    /** How many documents the request would return; projection and sort play no part. */
    public long count(FindRequest request) {
        return access.statement(() -> reads.count(request));
    }

    /** How many documents there are, about; does not read them. */
    public long estimatedCount() {
        return access.statement(() -> reads.estimatedCount());
    }

    /** The different values at the path in all documents that match, elements of arrays each. */
    public List<Value> distinct(String path, Document filter) {
        return distinct(path, FindRequest.of(filter));
    }

    /** As above, with the hint and the time limit of a request. */
    public List<Value> distinct(String path, FindRequest request) {
        return access.statement(() -> reads.distinct(path, request));
    }

    /** The result of a pipeline. Close the cursor. */
    public DocumentCursor aggregate(List<Document> pipeline) {
        return aggregate(pipeline, AggregateOptions.DEFAULTS);
    }

    /** The result of a pipeline. Close the cursor. */
    public DocumentCursor aggregate(List<Document> pipeline, AggregateOptions options) {
        return access.statement(() -> access.handOut(reads.aggregate(pipeline, options)));
    }

    /** How the request would be carried out, as MongoDB's {@code explain} tells it. */
    public Document explain(FindRequest request, Verbosity verbosity) {
        return access.statement(() -> reads.explain(request, verbosity));
    }

    /** How the documents that match the request would be counted. */
    public Document explainCount(FindRequest request, Verbosity verbosity) {
        return access.statement(() -> reads.explainCount(request, verbosity));
    }

    /** How a write would find its documents, and what it would do; it is not carried out. */
    public Document explain(WriteRequest request, Verbosity verbosity) {
        return access.statement(() -> modifications.explain(request, verbosity));
    }

    /** How the different values at a path would be found. */
    public Document explainDistinct(String path, FindRequest request, Verbosity verbosity) {
        return access.statement(() -> reads.explainDistinct(path, request, verbosity));
    }

    /** How the pipeline would be carried out. */
    public Document explain(
            List<Document> pipeline, AggregateOptions options, Verbosity verbosity) {
        return access.statement(() -> reads.explain(pipeline, options, verbosity));
    }

    // ---- Watching

    /** The changes of the collection from now on. Close the stream. */
    public ChangeStream watch() {
        return watch(List.of(), WatchOptions.DEFAULTS);
    }

    /**
     * The changes of the collection, by this name, whether it exists or not. Close the stream.
     *
     * @param pipeline stages that each event goes through
     */
    public ChangeStream watch(List<Document> pipeline, WatchOptions options) {
        return access.statement(() -> access.watch(WatchScope.of(namespace), pipeline, options));
    }

    // ---- Writing

    /** Inserts a document; it gets an {@code _id} if it has none. */
    public InsertOneResult insertOne(Document document) {
        return access.statement(() -> inserts.insertOne(document));
    }

    Inserts inserts() {
        return inserts;
    }

    /**
     * Inserts many documents, in parts that commit one after the other. What fails is reported in
     * the result.
     *
     * @param ordered whether to stop at the first failure instead of trying the rest
     */
    public InsertManyResult insertMany(List<Document> documents, boolean ordered) {
        return visible.insert(
                "insertMany", documents.size(), () -> inserts.insertMany(documents, ordered));
    }

    public UpdateResult updateOne(Document filter, Value update) {
        return updateOne(filter, update, UpdateOptions.DEFAULTS);
    }

    /** Applies update operators to the first document that matches. */
    public UpdateResult updateOne(Document filter, Value update, UpdateOptions options) {
        return modifications.updateOne(filter, update, options);
    }

    public UpdateResult updateMany(Document filter, Value update) {
        return updateMany(filter, update, UpdateOptions.DEFAULTS);
    }

    /**
     * Applies update operators to every document that matches, in parts that commit one after the
     * other. The first failure ends it; its details tell what was done before.
     */
    public UpdateResult updateMany(Document filter, Value update, UpdateOptions options) {
        return modifications.updateMany(filter, update, options);
    }

    public UpdateResult replaceOne(Document filter, Document replacement) {
        return replaceOne(filter, replacement, UpdateOptions.DEFAULTS);
    }

    /** Replaces the first document that matches; it keeps its {@code _id}. */
    public UpdateResult replaceOne(Document filter, Document replacement, UpdateOptions options) {
        return modifications.replaceOne(filter, replacement, options);
    }

    public DeleteResult deleteOne(Document filter) {
        return deleteOne(filter, DeleteOptions.DEFAULTS);
    }

    /** Deletes the first document that matches. */
    public DeleteResult deleteOne(Document filter, DeleteOptions options) {
        return modifications.deleteOne(filter, options);
    }

    public DeleteResult deleteMany(Document filter) {
        return deleteMany(filter, DeleteOptions.DEFAULTS);
    }

    /** Deletes every document that matches, in parts that commit one after the other. */
    public DeleteResult deleteMany(Document filter, DeleteOptions options) {
        return modifications.deleteMany(filter, options);
    }

    /** Updates the first document that matches and returns it, in one step. */
    public FindAndModifyResult findOneAndUpdate(
            Document filter, Value update, FindAndModifyOptions options) {
        return modifications.findOneAndUpdate(filter, update, options);
    }

    /** Replaces the first document that matches and returns it, in one step. */
    public FindAndModifyResult findOneAndReplace(
            Document filter, Document replacement, FindAndModifyOptions options) {
        return modifications.findOneAndReplace(filter, replacement, options);
    }

    /** Deletes the first document that matches and returns it, in one step. */
    public FindAndModifyResult findOneAndDelete(Document filter, FindAndModifyOptions options) {
        return modifications.findOneAndDelete(filter, options);
    }

    // ---- Writing one document under a condition

    /** Stores the document under the {@code _id}, replacing or creating it. */
    public ConditionalWriteResult replaceById(
            Value id, Document replacement, Precondition precondition) {
        return access.statement(() -> conditional.replace(id, replacement, precondition));
    }

    /** Applies update operators to the document with this {@code _id}. */
    public ConditionalWriteResult updateById(Value id, Value update, Precondition precondition) {
        return access.statement(() -> conditional.update(id, update, precondition));
    }

    /** Deletes the document with this {@code _id}. */
    public ConditionalWriteResult deleteById(Value id, Precondition precondition) {
        return access.statement(() -> conditional.delete(id, precondition));
    }

    // ---- Indexes and the collection itself

    /**
     * Creates an index and fills it from the documents there are; others may read and write
     * meanwhile. Creates the collection if it does not exist.
     *
     * @param specification MongoDB's: {@code {key: {year: 1}, name?, unique?, sparse?}}
     */
    public CreateIndexResult createIndex(Document specification) {
        return visible.run("createIndex", specification, () -> indexes.create(specification));
    }

    /** Drops an index by its name or key pattern; {@code *} drops all but that of {@code _id}. */
    public void dropIndex(Value nameOrKey) {
        access.perform(() -> indexes.drop(nameOrKey));
    }

    /** The specifications of all indexes, {@code _id_} first. */
    public List<Document> indexes() {
        return access.statement(() -> indexes.list());
    }

    /** Its search indexes. */
    public CollectionSearchIndexes searchIndexes() {
        return new CollectionSearchIndexes(access, namespace);
    }

    /** Drops the collection with its indexes, and tells whether there was one. */
    public boolean drop() {
        return database.dropCollection(namespace.collection());
    }

    /**
     * Gives the collection another name, perhaps in another database, in one step that copies
     * nothing. Who writes under the old name meanwhile creates a new collection.
     *
     * @param dropsTarget whether a collection of that name is dropped instead of being an error
     * @throws io.smilodon.engine.error.SmilodonException {@code NamespaceNotFound}, {@code
     *     NamespaceExists}, {@code IllegalOperation} for its own name, 12587 while an index of it
     *     is built
     */
    public void rename(Namespace name, boolean dropsTarget) {
        access.perform(() -> new Renaming(access, namespace).run(name, dropsTarget));
    }

    /** Its size and its indexes; empty if it does not exist. */
    public Optional<CollectionSummary> stats() {
        return access.statement(() -> reads.summary());
    }

    /** Its size as {@code collStats} tells it, in units of so many bytes; zeros if it is not. */
    public Document storageStats(long scale) {
        return access.statement(() -> reads.storageStats(scale));
    }

    /** A line for each place where an index disagrees with the documents; reads all of both. */
    public List<String> verify() {
        return verification().map(CollectionVerification::lines).orElse(List.of());
    }

    /** The same, with what was read; empty if the collection does not exist. */
    public Optional<CollectionVerification> verification() {
        return visible.run("validate", Document.EMPTY, () -> reads.verify());
    }

    /** Lists, repairs and rebuilds its indexes. */
    public CollectionUpkeep upkeep() {
        return new CollectionUpkeep(visible, reads, indexes);
    }

    /** What the planner has learnt of its queries, and what it advises. */
    public Planning planning() {
        return new Planning(access, namespace);
    }
}
