package io.smilodon.database;

import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.database.stream.WatchScope;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.query.aggregate.Pipeline;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A named set of collections. It need not exist: the first collection creates it. Thread-safe. */
public final class Database {

    /** The name that cursors report where there is no collection; nobody can create it. */
    static final String NO_COLLECTION = "system.documents";

    private static final List<String> SOURCES =
            List.of("$documents", "$currentOp", "$querySettings", "$queryStats");

    private final Smilodon smilodon;
    private final String name;
    private final Access access;

    Database(Smilodon smilodon, String name, Access access) {
        Namespace.checkDatabase(name);
        this.smilodon = smilodon;
        this.name = name;
        this.access = access;
    }

    public Smilodon smilodon() {
        return smilodon;
    }

    public String name() {
        return name;
    }

    /** The collection of this name, whether it exists or not. */
    public DocumentCollection collection(String collection) {
        return new DocumentCollection(this, new Namespace(name, collection), access);
    }

    /** The collections that exist, by name. */
    public List<CollectionSummary> collections() {
        return access.statement(() -> new Definitions(access).collections(name));
    }

    /** The same ones, by name; their documents are not counted. */
    public List<CollectionListing> listings() {
        return access.statement(() -> new Definitions(access).listings(name));
    }

    /**
     * Writes to one collection as {@link Smilodon#transactionOnce} does to many; who writes to a
     * capped one waits its turn.
     *
     * @param collection its name
     */
    public Document writeOnce(
            String requestId,
            TransactionSettings settings,
            String collection,
            Function<DocumentCollection, Document> work) {
        Namespace written = new Namespace(name, collection);
        return smilodon.transactionRuns().once(requestId, settings, written, work);
    }

    /** The name of the collection with this UUID, if there is one here. */
    public Optional<String> collectionOf(BinaryValue uuid) {
        return access.statement(() -> new Definitions(access).nameOf(name, uuid));
    }

    /**
     * How large it is, as {@code dbStats} tells it; zeros if it does not exist.
     *
     * @param scale how many bytes are one
     */
    public Document storageStats(long scale) {
        return access.statement(() -> new Definitions(access).storageStats(name, scale));
    }

    /** Creates a collection without options. */
    public boolean createCollection(String collection) {
        return createCollection(collection, Document.EMPTY);
    }

    /**
     * Creates a collection or a view; creating it again with the same options does nothing.
     *
     * @param options MongoDB's: {@code validator}, {@code validationLevel} and {@code
     *     validationAction}, or {@code viewOn} and {@code pipeline}
     * @return whether it was created
     * @throws io.smilodon.engine.error.SmilodonException {@code NamespaceExists} if it exists with
     *     other options
     */
    public boolean createCollection(String collection, Document options) {
        Namespace namespace = new Namespace(name, collection);
        return access.statement(() -> new Definitions(access).createCollection(namespace, options));
    }

    /**
     * Changes what a collection is, as MongoDB's {@code collMod}.
     *
     * @param changes the options of {@link #createCollection(String, Document)} that become others,
     *     or <code>index: {name, hidden}</code>
     * @return what was and is now of an index that was changed
     * @throws io.smilodon.engine.error.SmilodonException {@code NamespaceNotFound}, or {@code
     *     InvalidOptions} for what does not go with it
     */
    public Document modifyCollection(String collection, Document changes) {
        Namespace namespace = new Namespace(name, collection);
        return access.statement(() -> new Definitions(access).modifyCollection(namespace, changes));
    }

    /**
     * Drops a collection with its indexes.
     *
     * @return whether there was one
     */
    public boolean dropCollection(String collection) {
        Namespace namespace = new Namespace(name, collection);
        return access.statement(() -> new Dropping(access, namespace).run());
    }

    /**
     * Drops a collection with its indexes, and removes the document that another one has about it,
     * in one transaction: a crash leaves both or none.
     *
     * @param id of the document, which need not be there
     * @return whether there was a collection
     */
    public boolean dropCollection(String collection, String about, Value id) {
        Dropping dropping = new Dropping(access, new Namespace(name, collection));
        CollectionWrites writes = new CollectionWrites(access, new Namespace(name, about));
        return access.statement(() -> dropping.runWith(writes, id));
    }

    /**
     * Makes a capped collection of one that is none, or another size of one that is. Its newest
     * documents stay, its indexes do not, as with MongoDB's {@code convertToCapped}.
     *
     * @param bytesMax bytes of documents that it is to hold
     */
    public void convertToCapped(String collection, long bytesMax) {
        Namespace namespace = new Namespace(name, collection);
        access.perform(() -> new CappedCopy(access, namespace, bytesMax).replaceSource());
    }

    /**
     * Copies the newest documents of a collection to a new capped one.
     *
     * @param to a name that is free
     * @param bytesMax bytes of documents that it is to hold
     */
    public void cloneAsCapped(String collection, String to, long bytesMax) {
        Namespace target = new Namespace(name, to);
        access.perform(
                () -> new CappedCopy(access, new Namespace(name, collection), bytesMax).to(target));
    }

    /** The changes of all its collections. Close the stream. */
    public ChangeStream watch(List<Document> pipeline, WatchOptions options) {
        return access.statement(() -> access.watch(WatchScope.of(name), pipeline, options));
    }

    /**
     * The result of a pipeline that reads no collection: it begins with {@code $documents}, {@code
     * $currentOp}, {@code $queryStats} or {@code $querySettings}. Close the cursor.
     */
    public DocumentCursor aggregate(List<Document> pipeline, AggregateOptions options) {
        return withoutCollection(pipeline).aggregate(pipeline, options);
    }

    /** How that result would be found. */
    public Document explain(
            List<Document> pipeline, AggregateOptions options, Verbosity verbosity) {
        return withoutCollection(pipeline).explain(pipeline, options, verbosity);
    }

    /**
     * What such a pipeline runs on; it says how durable and how free is what the pipeline writes.
     *
     * @throws SmilodonException {@code InvalidNamespace} for a pipeline that begins with none of
     *     these stages; 40323 or 40324 for stages that there are not
     */
    public DocumentCollection withoutCollection(List<Document> pipeline) {
        Location place = Location.ROOT.child("pipeline");
        Pipeline.requireStages(ArrayValue.of(pipeline), place);
        if (pipeline.isEmpty() || SOURCES.stream().noneMatch(pipeline.getFirst()::has)) {
            throw new SmilodonException(
                            ErrorCode.INVALID_NAMESPACE,
                            "{aggregate: 1} is not valid for this pipeline; a collection is"
                                    + " required.")
                    .at(place);
        }
        return collection(NO_COLLECTION);
    }
}
