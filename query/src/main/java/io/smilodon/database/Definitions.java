package io.smilodon.database;

import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.stream.ChangeNote;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.TransactionRunner.Attempt;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Field;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.index.IndexDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which databases and collections there are, and changes of that. Thread-safe. */
final class Definitions {

    /** What MongoDB can create collections with; this release cannot. */
    private static final Set<String> OPTIONS_NOT_SUPPORTED =
            Set.of(
                    "capped",
                    "changeStreamPreAndPostImages",
                    "clusteredIndex",
                    "collation",
                    "expireAfterSeconds",
                    "indexOptionDefaults",
                    "max",
                    "pipeline",
                    "size",
                    "storageEngine",
                    "timeseries",
                    "validationAction",
                    "validationLevel",
                    "validator",
                    "viewOn");

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
                            dropped.forEach(entry -> noteDrop(entry, transaction));
                            catalog().dropDatabase(name, transaction);
                            return true;
                        });
        dropped.forEach(entry -> instance.sizes().forget(entry.id()));
        return existed;
    }

    // ---- Collections

    List<CollectionSummary> collections(String database) {
        access.requireNewest("listCollections");
        try (Snapshot snapshot = instance.snapshot()) {
            return catalog().collections(database, snapshot).stream()
                    .map(entry -> summary(entry, snapshot))
                    .toList();
        }
    }

    Optional<CollectionSummary> collection(Namespace namespace) {
        try (Snapshot snapshot = instance.snapshot()) {
            return catalog().find(namespace, snapshot).map(entry -> summary(entry, snapshot));
        }
    }

    private CollectionSummary summary(CollectionEntry entry, ReadView view) {
        CollectionSizes.Total size = instance.sizes().total(entry, view);
        List<String> indexes =
                Stream.concat(
                                Stream.of(IndexDefinition.ID_INDEX_NAME),
                                entry.indexes().stream()
                                        .filter(IndexEntry::isReady)
                                        .map(index -> index.definition().name()))
                        .toList();
        return new CollectionSummary(
                entry.namespace().collection(), size.documentCount(), size.bytes(), indexes);
    }

    boolean createCollection(Namespace namespace, Document options) {
        access.requireWritable();
        return changed(
                transaction -> {
                    Optional<CollectionEntry> existing = catalog().find(namespace, transaction);
                    if (existing.isPresent()) {
                        checkSameOptions(existing.get(), options);
                        return false;
                    }
                    checkOptions(namespace, options);
                    catalog().create(namespace, options, transaction);
                    return true;
                });
    }

    private static void checkSameOptions(CollectionEntry existing, Document options) {
        if (!existing.options().equals(options)) {
            throw new SmilodonException(
                    ErrorCode.NAMESPACE_EXISTS,
                    "Collection already exists with different options",
                    Map.of("namespace", existing.namespace(), "options", existing.options()));
        }
    }

    private static void checkOptions(Namespace namespace, Document options) {
        if (namespace.isSystem()) {
            throw new SmilodonException(
                    ErrorCode.INVALID_NAMESPACE,
                    "cannot create a system collection",
                    Map.of("namespace", namespace));
        }
        for (Field option : options) {
            boolean isKnown = OPTIONS_NOT_SUPPORTED.contains(option.name());
            throw new SmilodonException(
                            isKnown ? ErrorCode.INVALID_OPTIONS : ErrorCode.location(40415),
                            isKnown
                                    ? "Option of create is not supported by this release"
                                    : "Unknown option of create",
                            Map.of("option", option.name()))
                    .at(Location.ROOT.child(option.name()));
        }
    }

    boolean dropCollection(Namespace namespace) {
        access.requireNewest("drop");
        List<CollectionEntry> dropped = new ArrayList<>();
        boolean existed =
                changed(
                        transaction -> {
                            dropped.clear();
                            catalog().find(namespace, transaction).ifPresent(dropped::add);
                            dropped.forEach(entry -> noteDrop(entry, transaction));
                            dropped.forEach(entry -> catalog().drop(entry, transaction));
                            return !dropped.isEmpty();
                        });
        dropped.forEach(entry -> instance.sizes().forget(entry.id()));
        return existed;
    }

    /** The readers of change streams cannot look up the name of what is gone. */
    private static void noteDrop(CollectionEntry entry, Transaction transaction) {
        transaction.note(new ChangeNote.Dropped(entry.id(), entry.namespace()).encode());
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
        dropped.forEach(entry -> instance.sizes().forget(entry.id()));
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

    /** Discards the indexes that were being built when the process ended. */
    void discardUnfinishedIndexes() {
        try (Snapshot snapshot = instance.snapshot()) {
            for (CollectionEntry entry : catalog().collections(snapshot)) {
                if (!entry.indexes().stream().allMatch(IndexEntry::isReady)) {
                    changed(transaction -> discardUnfinished(entry.namespace(), transaction));
                }
            }
        }
    }

    private boolean discardUnfinished(Namespace namespace, Transaction transaction) {
        CollectionEntry entry = catalog().find(namespace, transaction).orElseThrow();
        for (IndexEntry index : entry.indexes()) {
            if (!index.isReady()) {
                entry = catalog().dropIndex(entry, index, transaction);
            }
        }
        return true;
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
