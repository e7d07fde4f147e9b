package io.smilodon.database;

import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.CollectionOptions;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.index.IndexDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which databases and collections there are, and changes of that. Thread-safe. */
final class Definitions {

    private static final String TEMPORARY = "system.tmp.agg_out.";

    private final Access access;
    private final Instance instance;

    Definitions(Access access) {
        this.access = access;
        this.instance = access.instance();
    }

    private Catalog catalog() {
        return instance.catalog();
    }

    // ---- Databases

    List<DatabaseSummary> databases() {
        access.requireNewest("listDatabases");
        try (Snapshot snapshot = instance.snapshot()) {
            return catalog().databases(snapshot).stream()
                    .map(name -> summary(name, snapshot))
                    .toList();
        }
    }

    /** Their names; nothing is counted. */
    List<String> databaseNames() {
        access.requireNewest("listDatabases");
        try (Snapshot snapshot = instance.snapshot()) {
            return List.copyOf(catalog().databases(snapshot));
        }
    }

    private DatabaseSummary summary(String name, ReadView view) {
        List<CollectionSummary> collections =
                catalog().collections(name, view).stream()
                        .map(entry -> summary(entry, view))
                        .toList();
        return new DatabaseSummary(
                name,
                collections.size(),
                collections.stream().mapToLong(CollectionSummary::documentCount).sum(),
                collections.stream().mapToLong(CollectionSummary::sizeBytes).sum());
    }

    boolean createDatabase(String name) {
        access.requireNewest("createDatabase");
        Namespace.checkDatabase(name);
        return changed(
                transaction -> {
                    if (catalog().hasDatabase(name, transaction)) {
                        return false;
                    }
                    catalog().createDatabase(name, transaction);
                    return true;
                });
    }

    boolean dropDatabase(String name) {
        access.requireNewest("dropDatabase");
        Namespace.checkDatabase(name);
        List<CollectionEntry> dropped = new ArrayList<>();
        boolean existed =
                changed(
                        transaction -> {
                            dropped.clear();
                            if (!catalog().hasDatabase(name, transaction)) {
                                return false;
                            }
                            dropped.addAll(catalog().collections(name, transaction));
                            dropped.forEach(entry -> DefinitionNotes.dropped(entry, transaction));
                            catalog().dropDatabase(name, transaction);
                            return true;
                        });
        dropped.forEach(instance::forget);
        if (existed) {
            instance.operations().slow().forget(name);
        }
        return existed;
    }

    // ---- Collections

    /** The same collections as {@link #collections}; no document is counted. */
    List<CollectionListing> listings(String database) {
        access.requireNewest("listCollections");
        try (Snapshot snapshot = instance.snapshot()) {
            return catalog().collections(database, snapshot).stream()
                    .map(entry -> CollectionListing.of(entry, instance.store().id()))
                    .toList();
        }
    }

    /** The name of the collection with this UUID, if it is in the database. */
    Optional<String> nameOf(String database, BinaryValue uuid) {
        long storeId = instance.store().id();
        try (Snapshot snapshot = access.snapshot()) {
            return catalog().collections(database, snapshot).stream()
                    .map(entry -> CollectionListing.of(entry, storeId))
                    .filter(listing -> listing.uuid().equals(Optional.of(uuid)))
                    .map(CollectionListing::name)
                    .findFirst();
        }
    }

    List<CollectionSummary> collections(String database) {
        access.requireNewest("listCollections");
        try (Snapshot snapshot = instance.snapshot()) {
            return catalog().collections(database, snapshot).stream()
                    .map(entry -> summary(entry, snapshot))
                    .toList();
        }
    }

    Document storageStats(String database, long scale) {
        access.requireNewest("dbStats");
        try (Snapshot snapshot = instance.snapshot()) {
            return new StorageReport(instance, snapshot, scale)
                    .ofDatabase(database, catalog().collections(database, snapshot));
        }
    }

    Optional<CollectionSummary> collection(Namespace namespace) {
        try (Snapshot snapshot = instance.snapshot()) {
            return catalog().find(namespace, snapshot).map(entry -> summary(entry, snapshot));
        }
    }

    private CollectionSummary summary(CollectionEntry entry, ReadView view) {
        if (entry.isView()) {
            return CollectionSummary.ofView(
                    entry.namespace().collection(), entry.options().toDocument());
        }
        CollectionSizes.Total size = instance.sizes().total(entry, view);
        List<String> indexes =
                Stream.concat(
                                Stream.of(IndexDefinition.ID_INDEX_NAME),
                                entry.indexes().stream()
                                        .filter(IndexEntry::isReady)
                                        .map(index -> index.definition().name()))
                        .toList();
        return new CollectionSummary(
                entry.namespace().collection(),
                size.documentCount(),
                size.bytes(),
                indexes,
                entry.options().toDocument());
    }

    boolean createCollection(Namespace namespace, Document written) {
        access.requireWritable();
        CollectionOptions options = CreateOptions.parse(namespace, written);
        if (options.view().isPresent()) {
            access.requireNewest("create a view");
        }
        return changed(
                transaction -> {
                    Optional<CollectionEntry> existing = catalog().find(namespace, transaction);
                    if (existing.isPresent()) {
                        checkSameOptions(existing.get(), options);
                        return false;
                    }
                    create(namespace, options, transaction);
                    return true;
                });
    }

    /** Creates a plain collection, for its first document, unless there is one of any kind. */
    void ensureCollection(Namespace namespace) {
        access.requireWritable();
        changed(
                transaction -> {
                    if (catalog().find(namespace, transaction).isPresent()) {
                        return false;
                    }
                    create(namespace, CollectionOptions.NONE, transaction);
                    return true;
                });
    }

    /** Creates one of the server's own collections, unless there is one. */
    void ensureSystem(Namespace namespace, CollectionOptions options) {
        changed(
                transaction -> {
                    if (catalog().find(namespace, transaction).isPresent()) {
                        return false;
                    }
                    catalog().create(namespace, options, transaction);
                    return true;
                });
    }

    private void create(Namespace namespace, CollectionOptions options, Transaction transaction) {
        if (namespace.isSystem()) {
            throw new SmilodonException(
                    ErrorCode.INVALID_NAMESPACE,
                    "cannot create a system collection",
                    Map.of("namespace", namespace));
        }
        if (options.view().isPresent()) {
            ViewGraph.check(namespace, options.view().get(), catalog(), transaction);
            ViewGraph.checkCollation(namespace, options, catalog(), transaction);
        }
        DefinitionNotes.created(catalog().create(namespace, options, transaction), transaction);
    }

    private static void checkSameOptions(CollectionEntry existing, CollectionOptions options) {
        Document there = existing.options().toDocument();
        if (!there.equals(options.toDocument())) {
            throw new SmilodonException(
                    ErrorCode.NAMESPACE_EXISTS,
                    existing.isView()
                            ? "A view already exists with different options"
                            : "Collection already exists with different options",
                    Map.of("namespace", existing.namespace(), "options", there));
        }
    }

    /** Changes what a collection is; see {@link CollectionChanges}. */
    Document modifyCollection(Namespace namespace, Document written) {
        access.requireNewest("collMod");
        if (namespace.isSystem()) {
            throw new SmilodonException(
                    ErrorCode.INVALID_NAMESPACE,
                    "cannot change a system collection",
                    Map.of("namespace", namespace));
        }
        Document answer =
                instance.transactions()
                        .run(transaction -> modify(namespace, written, transaction))
                        .result();
        if (CapFields.OF_CHANGE.stream().anyMatch(written::has)) {
            new CollectionWrites(access, namespace).makeRoom(0, 0);
        }
        return answer;
    }

    private Attempt<Document> modify(
            Namespace namespace, Document written, Transaction transaction) {
        CollectionEntry entry =
                catalog().find(namespace, transaction).orElseThrow(() -> notFound(namespace));
        CollectionChanges changes = new CollectionChanges(entry, written, transaction);
        CollectionEntry after = changes.apply();
        if (changes.isDryRun()) {
            return Attempt.abandon(Document.EMPTY);
        }
        if (after.isView()) {
            ViewGraph.check(
                    namespace, after.options().view().orElseThrow(), catalog(), transaction);
            ViewGraph.checkCollation(namespace, after.options(), catalog(), transaction);
        }
        catalog().change(after, transaction);
        DefinitionNotes.modified(entry, changes.told(), changes.indexBefore(), transaction);
        return Attempt.commit(changes.answer());
    }

    private static SmilodonException notFound(Namespace namespace) {
        return new SmilodonException(
                ErrorCode.NAMESPACE_NOT_FOUND, "ns does not exist", Map.of("namespace", namespace));
    }

    // ---- Collections that are written beside those that they will replace

    /** A name that no other writer uses; users cannot write to such collections. */
    Namespace temporaryName(String database) {
        return new Namespace(database, TEMPORARY + ObjectId.next().toHex());
    }

    void dropTemporary(Namespace temporary) {
        List<CollectionEntry> dropped = new ArrayList<>();
        changed(
                transaction -> {
                    dropped.clear();
                    catalog().find(temporary, transaction).ifPresent(dropped::add);
                    dropped.forEach(entry -> catalog().drop(entry, transaction));
                    return !dropped.isEmpty();
                });
        dropped.forEach(instance::forget);
    }

    /** Drops those whose writers ended with the process. */
    void dropTemporaries() {
        try (Snapshot snapshot = instance.snapshot()) {
            for (CollectionEntry entry : catalog().collections(snapshot)) {
                if (entry.namespace().collection().startsWith(TEMPORARY)) {
                    dropTemporary(entry.namespace());
                }
            }
        }
    }

    /** Deletes the files of search indexes that were dropped just before a crash. */
    void dropLostSearchFiles() {
        Set<Integer> kept = new HashSet<>();
        int nextId;
        try (Snapshot snapshot = instance.snapshot()) {
            nextId = catalog().nextIdOf(snapshot);
            for (CollectionEntry entry : catalog().collections(snapshot)) {
                entry.searchIndexes().forEach(index -> kept.add(index.id()));
            }
        }
        instance.luceneIndexes().dropOthers(kept, nextId);
    }

    /** A change of the catalog, which says whether it changes anything. */
    private interface Change {
        boolean make(Transaction transaction);
    }

    private boolean changed(Change change) {
        return access.write(
                        0,
                        transaction -> {
                            boolean isChanged = change.make(transaction);
                            return new Attempt<>(isChanged, isChanged);
                        })
                .result();
    }
}
