package io.smilodon.database;

import io.smilodon.database.SalvageReport.RebuiltIndex;
import io.smilodon.database.SalvageReport.Suspect;
import io.smilodon.database.catalog.Catalog;
import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.database.catalog.Namespace;
import io.smilodon.database.catalog.SearchIndexEntry;
import io.smilodon.engine.Progress;
import io.smilodon.engine.bucket.BucketRescue;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.file.DirectoryLock;
import io.smilodon.engine.file.FileDirectory;
import io.smilodon.engine.file.StagedDirectory;
import io.smilodon.engine.file.StorageDirectory;
import io.smilodon.engine.salvage.StoreSalvage;
import io.smilodon.engine.store.EmbeddedStore;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.Snapshot;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.WriteBatch;
import io.smilodon.engine.value.Direction;
import io.smilodon.index.IndexDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Copies what can be read of a damaged data directory to a new one, and lists what is lost and what
 * may be out of date. The source is only read. Indexes are built anew from the documents; documents
 * whose collection's entry is lost get a collection in the database {@value #ORPHANS}, and blobs
 * whose bucket's name is lost get another bucket ({@link BucketRescue}). Not thread-safe.
 */
public final class Salvage {

    private static final String ORPHANS = "salvaged";
    private static final long BATCH_BYTES = 1 << 20;
    private static final int SUSPECTS_LISTED_MAX = 10_000;

    private final boolean keepsSuspects;
    private final Progress progress;
    private final BucketRescue buckets = new BucketRescue();
    private final KeyNames names = new KeyNames();
    private final List<byte[]> suspectKeys = new ArrayList<>();
    private final Map<Namespace, List<IndexDefinition>> wanted = new LinkedHashMap<>();
    private final List<RebuiltIndex> rebuilt = new ArrayList<>();
    private final List<Integer> capped = new ArrayList<>();
    private WriteBatch batch = new WriteBatch();
    private long copied;
    private long suspects;
    private int highestId;

    private Salvage(boolean keepsSuspects, Progress progress) {
        this.keepsSuspects = keepsSuspects;
        this.progress = progress;
    }

    /**
     * Salvages a directory.
     *
     * @param target absent or empty; it gets its name once the copy is complete
     * @param keepsSuspects whether values of which a newer version may be lost come into the copy;
     *     they are listed either way
     */
    public static SalvageReport run(
            Path source, Path target, boolean keepsSuspects, Progress progress) {
        try (StorageDirectory damaged = FileDirectory.openExisting(source);
                StagedDirectory staged = StagedDirectory.begin(target)) {
            SalvageReport report = run(damaged, staged.directory(), keepsSuspects, progress);
            staged.publish();
            return report;
        } catch (IOException failure) {
            throw Backups.failed("The directory could not be salvaged", failure);
        }
    }

    /** Salvages to a directory of any kind. */
    static SalvageReport run(
            StorageDirectory source,
            StorageDirectory target,
            boolean keepsSuspects,
            Progress progress)
            throws IOException {
        DirectoryLock lock = source.lock();
        Salvage salvage = new Salvage(keepsSuspects, progress);
        try (lock;
                StoreSalvage damaged = StoreSalvage.open(source, progress)) {
            salvage.copy(damaged, target);
            salvage.rebuildIndexes(target);
            return salvage.report(damaged);
        }
    }

    private void copy(StoreSalvage damaged, StorageDirectory target) {
        StorageOptions options = StorageOptions.DEFAULTS.withSyncMode(SyncMode.NONE);
        try (EmbeddedStore store = EmbeddedStore.open(target, options)) {
            damaged.forEach((key, value, isSuspect) -> take(key, value, isSuspect, store));
            flush(store);
            arrangeCatalog(store);
            buckets.arrange(store).forEach(names::addBucket);
            dropOrdersOfNobody(store);
            capped.forEach(id -> new InsertionOrderRepair(id, store).run());
            store.checkpoint();
        }
    }

    private void take(byte[] key, byte[] value, boolean isSuspect, EmbeddedStore store) {
        OptionalInt index = Keyspace.indexOf(key);
        OptionalInt collection = Keyspace.collectionOf(key);
        OptionalInt ordered = Keyspace.cappedOf(key);
        highestId = Math.max(highestId, index.orElse(collection.orElse(ordered.orElse(0))));
        if (index.isPresent()) {
            return; // built anew
        }
        buckets.found(key, value);
        if (isSuspect) {
            suspects++;
            if (suspectKeys.size() < SUSPECTS_LISTED_MAX) {
                suspectKeys.add(key);
            }
        }
        if (!isSuspect || keepsSuspects || Keyspace.isCatalog(key)) {
            batch.put(key, value);
            copied++;
        }
        if (batch.bytes() > BATCH_BYTES) {
            flush(store);
        }
    }

    private void flush(EmbeddedStore store) {
        store.write(batch);
        batch = new WriteBatch();
        progress.at("copy entries", copied, copied + 1);
    }

    /** Collections without indexes for now, one for orphaned documents, no id given twice. */
    private void arrangeCatalog(EmbeddedStore store) {
        Catalog catalog = new Catalog();
        Set<Integer> known = new HashSet<>();
        try (Snapshot snapshot = store.snapshot();
                Transaction transaction = store.begin()) {
            for (CollectionEntry entry : catalog.collections(snapshot)) {
                known.add(entry.id());
                if (entry.isCapped()) {
                    capped.add(entry.id());
                }
                names.add(entry);
                wanted.put(
                        entry.namespace(),
                        entry.indexes().stream().map(IndexEntry::definition).toList());
                CollectionEntry bare = entry;
                for (IndexEntry index : entry.indexes()) {
                    highestId = Math.max(highestId, index.definition().id());
                    bare = bare.withoutIndex(index.definition().id());
                }
                for (SearchIndexEntry index : entry.searchIndexes()) {
                    highestId = Math.max(highestId, index.id());
                }
                highestId = Math.max(highestId, entry.id());
                catalog.put(bare, transaction);
            }
            catalog.reserveIds(highestId, transaction);
            KeyRange documents = KeyRange.prefix(Keyspace.allDocuments());
            for (int id : ids(snapshot, documents, Keyspace::collectionOf)) {
                if (!known.contains(id)) {
                    Namespace free = freeName(id, catalog, transaction);
                    names.add(catalog.recreate(free, id, transaction));
                }
            }
            transaction.commit();
        }
    }

    private static Namespace freeName(int id, Catalog catalog, Transaction transaction) {
        String name = "collection_" + id;
        while (catalog.find(new Namespace(ORPHANS, name), transaction).isPresent()) {
            name += "_";
        }
        return new Namespace(ORPHANS, name);
    }

    /** What was capped and has lost its entry is no longer capped: it has no order. */
    private void dropOrdersOfNobody(EmbeddedStore store) {
        try (Snapshot snapshot = store.snapshot()) {
            KeyRange orders = KeyRange.prefix(Keyspace.allInsertionOrders());
            for (int id : ids(snapshot, orders, Keyspace::cappedOf)) {
                if (!capped.contains(id)) {
                    drop(KeyRange.prefix(Keyspace.insertionOrder(id)), snapshot, store);
                }
            }
        }
        flush(store);
    }

    private void drop(KeyRange range, Snapshot snapshot, EmbeddedStore store) {
        try (KeyCursor cursor = snapshot.cursor(range, Direction.FORWARD)) {
            while (cursor.advance()) {
                batch.delete(cursor.key());
                if (batch.bytes() > BATCH_BYTES) {
                    flush(store);
                }
            }
        }
    }

    /** The ids of all collections that have keys in this area: one look-up each. */
    private static List<Integer> ids(
            Snapshot snapshot, KeyRange area, Function<byte[], OptionalInt> idOf) {
        List<Integer> ids = new ArrayList<>();
        KeyRange rest = area;
        boolean hasMore = true;
        while (hasMore) {
            try (KeyCursor cursor = snapshot.cursor(rest, Direction.FORWARD)) {
                hasMore = cursor.advance();
                if (hasMore) {
                    ids.add(idOf.apply(cursor.key()).orElseThrow());
                    byte[] whole = Arrays.copyOf(cursor.key(), 1 + Integer.BYTES);
                    rest = new KeyRange(KeyRange.prefix(whole).to(), rest.to());
                }
            }
        }
        return ids;
    }

    private void rebuildIndexes(StorageDirectory target) {
        long total = wanted.values().stream().mapToLong(List::size).sum();
        try (Smilodon smilodon = Smilodon.open(target, DatabaseOptions.DEFAULTS)) {
            wanted.forEach(
                    (namespace, definitions) ->
                            definitions.forEach(
                                    definition -> {
                                        progress.at("build indexes", rebuilt.size(), total);
                                        rebuilt.add(rebuild(smilodon, namespace, definition));
                                    }));
            smilodon.checkpoint();
        }
        progress.at("build indexes", total, total);
    }

    private static RebuiltIndex rebuild(
            Smilodon smilodon, Namespace namespace, IndexDefinition definition) {
        try {
            smilodon.database(namespace.database())
                    .collection(namespace.collection())
                    .createIndex(definition.toSpecification());
            return new RebuiltIndex(namespace, definition.name(), "");
        } catch (SmilodonException failure) {
            return new RebuiltIndex(namespace, definition.name(), failure.getMessage());
        }
    }

    private SalvageReport report(StoreSalvage damaged) {
        List<SalvageReport.NamedLoss> losses =
                damaged.losses().stream()
                        .map(
                                loss ->
                                        new SalvageReport.NamedLoss(
                                                loss, loss.keys().map(names::of).orElse("")))
                        .toList();
        List<Suspect> listed =
                suspectKeys.stream()
                        .map(
                                key ->
                                        new Suspect(
                                                HexFormat.of().formatHex(key),
                                                names.of(key).orElse("")))
                        .toList();
        return new SalvageReport(
                losses,
                new SalvageReport.Suspects(suspects, keepsSuspects, listed),
                copied,
                rebuilt);
    }
}
