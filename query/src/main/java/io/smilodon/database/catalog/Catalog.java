package io.smilodon.database.catalog;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.KeyValueStore;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.store.Transaction;
import io.smilodon.engine.store.VersionedValue;
import io.smilodon.engine.value.Direction;
import io.smilodon.engine.value.Document;
import io.smilodon.index.IndexDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which databases, collections and indexes there are. Lives in the byte store, so that a change of
 * it is a transaction like any other, and every reader sees the state of its snapshot.
 *
 * <p>Every change of what exists writes the counter of ids, so changes of that kind follow one
 * another. What is learnt of an index's entries does not: it comes with documents. Thread-safe.
 */
public final class Catalog {

    private static final String NEXT_ID = "nextId";
    private static final int FIRST_ID = 1;
    private static final int CACHED_MAX = 10_000;

    /**
     * Decoded entries with their bytes, whatever snapshot they come from. Versions would not do: an
     * entry that a transaction has written but not committed has the version of whoever commits
     * next.
     */
    private final Map<Namespace, Cached> cache = new ConcurrentHashMap<>();

    private final ReadHints hints;

    /** An entry, its key and its bytes, and a commit as of which it was read. */
    private static final class Cached {

        private final byte[] key;
        private final byte[] bytes;
        private final CollectionEntry entry;
        private volatile long seenAt = -1;

        Cached(byte[] key, byte[] bytes, CollectionEntry entry) {
            this.key = key;
            this.bytes = bytes;
            this.entry = entry;
        }

        /** What is so once is always so then; of the commits at which it is, the newest helps. */
        void seenAt(long sequence) {
            if (sequence > seenAt) {
                seenAt = sequence;
            }
        }

        boolean isSame(VersionedValue stored) {
            return Arrays.equals(stored.value(), bytes);
        }
    }

    /** Learns how entries of indexes are read; see {@link KeyValueStore#readByScans}. */
    public interface ReadHints {
        void readByScans(byte[] prefix, boolean isScanned);
    }

    /** Tells nobody how entries are read. */
    public Catalog() {
        this((prefix, isScanned) -> {});
    }

    /**
     * @param hints learns of each index that is met whether its entries are only scanned: those
     *     that have the {@code _id} in their keys are
     */
    public Catalog(ReadHints hints) {
        this.hints = hints;
    }

    // ---- Reading

    public Optional<CollectionEntry> find(Namespace namespace, ReadView view) {
        Cached cached = cache.get(namespace);
        if (cached == null) {
            return view.get(Keyspace.collection(namespace))
                    .map(value -> decode(namespace, value.value()));
        }
        if (view.isUnchanged(cached.key, cached.seenAt)) {
            cached.seenAt(view.snapshotSequence());
            return Optional.of(cached.entry);
        }
        Optional<VersionedValue> stored = view.get(cached.key);
        if (stored.filter(cached::isSame).isPresent()
                && stored.get().version() <= view.snapshotSequence()) {
            cached.seenAt(view.snapshotSequence());
        }
        return stored.map(value -> decode(namespace, value.value()));
    }

    /** The collections of a database, by name. */
    public List<CollectionEntry> collections(String database, ReadView view) {
        return collections(Keyspace.collections(database), view);
    }

    /** All collections, by database and name. */
    public List<CollectionEntry> collections(ReadView view) {
        return collections(Keyspace.collections(), view);
    }

    private List<CollectionEntry> collections(KeyRange range, ReadView view) {
        List<CollectionEntry> entries = new ArrayList<>();
        try (KeyCursor cursor = view.cursor(range, Direction.FORWARD)) {
            while (cursor.advance()) {
                Namespace namespace = Keyspace.namespace(cursor.key());
                entries.add(decode(namespace, cursor.value()));
            }
        }
        return entries;
    }

    /** The names of all databases, sorted. */
    public List<String> databases(ReadView view) {
        List<String> names = new ArrayList<>();
        try (KeyCursor cursor = view.cursor(Keyspace.databases(), Direction.FORWARD)) {
            while (cursor.advance()) {
                names.add(Keyspace.databaseName(cursor.key()));
            }
        }
        return names;
    }

    /** The last commit that changed what exists; 0 if none ever did. */
    public long changedAt(ReadView view) {
        return view.get(Keyspace.COUNTER).map(VersionedValue::version).orElse(0L);
    }

    public boolean hasDatabase(String name, ReadView view) {
        return view.get(Keyspace.database(name)).isPresent();
    }

    /** How far the filling of an index has come. */
    public BuildProgress buildProgress(int indexId, ReadView view) {
        return view.get(Keyspace.build(indexId))
                .map(stored -> BuildProgress.decode(stored.value()))
                .orElse(BuildProgress.NOTHING);
    }

    /** What is settled of the queries of some shapes, by the hashes of these. */
    public Map<String, Document> settings(ReadView view) {
        Map<String, Document> settings = new TreeMap<>();
        try (KeyCursor cursor = view.cursor(Keyspace.settings(), Direction.FORWARD)) {
            while (cursor.advance()) {
                String hash = Keyspace.hashOfSettings(cursor.key());
                settings.put(hash, DocumentCodec.decode(cursor.value()));
            }
        }
        return settings;
    }

    private CollectionEntry decode(Namespace namespace, byte[] value) {
        Cached cached = cache.get(namespace);
        if (cached != null && Arrays.equals(cached.bytes, value)) {
            return cached.entry;
        }
        CollectionEntry entry =
                CollectionEntry.fromDocument(namespace, DocumentCodec.decode(value));
        for (IndexEntry index : entry.indexes()) {
            IndexDefinition definition = index.definition();
            hints.readByScans(
                    Keyspace.indexEntries(definition.id()),
                    !definition.options().hasUniqueEntries());
        }
        if (cache.size() >= CACHED_MAX) {
            cache.clear();
        }
        cache.put(namespace, new Cached(entry.key(), value, entry));
        return entry;
    }

    // ---- Changing what exists, inside a transaction

    /** A new id for a collection or an index; ids are never given twice. */
    public int nextId(Transaction transaction) {
        int id = nextIdOf(transaction);
        Document counter = Document.builder().put(NEXT_ID, id + 1).build();
        transaction.put(Keyspace.COUNTER, DocumentCodec.encode(counter));
        return id;
    }

    /** The id that the next collection or index will have. */
    public int nextIdOf(ReadView view) {
        return view.get(Keyspace.COUNTER)
                .map(stored -> Damage.number(DocumentCodec.decode(stored.value()), NEXT_ID))
                .orElse(FIRST_ID);
    }

    public void createDatabase(String name, Transaction transaction) {
        nextId(transaction);
        transaction.put(Keyspace.database(name), DocumentCodec.encode(Document.EMPTY));
    }

    /** Drops a database with its collections. */
    public void dropDatabase(String name, Transaction transaction) {
        nextId(transaction);
        collections(name, transaction).forEach(entry -> drop(entry, transaction));
        transaction.delete(Keyspace.database(name));
    }

    /** Creates a collection, and its database if there is none. */
    public CollectionEntry create(
            Namespace namespace, CollectionOptions options, Transaction transaction) {
        if (!hasDatabase(namespace.database(), transaction)) {
            createDatabase(namespace.database(), transaction);
        }
        CollectionEntry entry =
                new CollectionEntry(namespace, nextId(transaction), options, List.of());
        put(entry, transaction);
        return entry;
    }

    /**
     * Creates a collection with the options and the indexes of another one, or a plain one if there
     * is no other.
     */
    public CollectionEntry createLike(
            Optional<CollectionEntry> other, Namespace namespace, Transaction transaction) {
        CollectionEntry entry = create(namespace, CollectionOptions.NONE, transaction);
        if (other.isEmpty()) {
            return entry;
        }
        List<IndexEntry> indexes = new ArrayList<>();
        for (IndexEntry index : other.get().lastingIndexes()) {
            IndexDefinition definition = index.definition().withId(nextId(transaction));
            indexes.add(IndexEntry.building(definition, namespace).ready());
        }
        List<SearchIndexEntry> searched = new ArrayList<>();
        for (SearchIndexEntry index : other.get().searchIndexes()) {
            searched.add(index.withId(nextId(transaction)));
        }
        CollectionEntry alike =
                new CollectionEntry(
                        namespace, entry.id(), other.get().options(), indexes, searched);
        put(alike, transaction);
        return alike;
    }

    /**
     * Keeps what is settled of the queries of a shape.
     *
     * @param hash that of the shape: 64 hexadecimal digits
     */
    public void putSettings(String hash, Document settings, Transaction transaction) {
        transaction.put(Keyspace.settings(hash), DocumentCodec.encode(settings));
    }

    public void removeSettings(String hash, Transaction transaction) {
        transaction.delete(Keyspace.settings(hash));
    }

    /** Changes what a collection is, or its indexes; ids stay as they are. */
    public void change(CollectionEntry entry, Transaction transaction) {
        nextId(transaction);
        put(entry, transaction);
    }

    /** Drops a collection with its indexes. */
    public void drop(CollectionEntry entry, Transaction transaction) {
        nextId(transaction);
        transaction.delete(entry.key());
        transaction.retire(Keyspace.documents(entry.id()));
        if (entry.isCapped()) {
            transaction.retire(Keyspace.insertionOrder(entry.id()));
        }
        entry.indexes().forEach(index -> retireEntries(index, transaction));
    }

    /** Records how far the filling of an index has come, with the entries that it has made. */
    public void recordBuild(int indexId, BuildProgress progress, Transaction transaction) {
        transaction.put(Keyspace.build(indexId), progress.encode());
    }

    /** An index that has been filled may be read; it takes the place of its predecessor. */
    public void finishBuild(CollectionEntry entry, IndexEntry index, Transaction transaction) {
        int id = index.definition().id();
        transaction.delete(Keyspace.build(id));
        Optional<IndexEntry> before = entry.predecessor(index);
        if (before.isEmpty()) {
            put(entry.replacing(index.ready()), transaction);
            return;
        }
        nextId(transaction);
        int beforeId = before.get().definition().id();
        put(entry.withoutIndex(id).replacing(beforeId, index.ready()), transaction);
        retireEntries(before.get(), transaction);
    }

    /**
     * Gives a collection another name, which no other has. Its documents and index entries stay
     * where they are.
     */
    public CollectionEntry rename(CollectionEntry entry, Namespace name, Transaction transaction) {
        nextId(transaction);
        if (!hasDatabase(name.database(), transaction)) {
            createDatabase(name.database(), transaction);
        }
        transaction.delete(entry.key());
        CollectionEntry renamed = CollectionEntry.fromDocument(name, entry.toDocument());
        put(renamed, transaction);
        return renamed;
    }

    /** Drops an index. */
    public CollectionEntry dropIndex(
            CollectionEntry entry, IndexEntry index, Transaction transaction) {
        nextId(transaction);
        CollectionEntry without = entry.withoutIndex(index.definition().id());
        put(without, transaction);
        retireEntries(index, transaction);
        return without;
    }

    private static void retireEntries(IndexEntry index, Transaction transaction) {
        transaction.retire(Keyspace.indexEntries(index.definition().id()));
        if (!index.isReady()) {
            transaction.delete(Keyspace.build(index.definition().id()));
        }
    }

    /** Writes a collection's entry. */
    public void put(CollectionEntry entry, Transaction transaction) {
        transaction.put(entry.key(), DocumentCodec.encode(entry.toDocument()));
    }

    // ---- Putting a salvaged catalog in order

    /**
     * The collection of this id under another name, without indexes, of which the entry is lost.
     */
    public CollectionEntry recreate(Namespace namespace, int id, Transaction transaction) {
        if (!hasDatabase(namespace.database(), transaction)) {
            createDatabase(namespace.database(), transaction);
        }
        CollectionEntry entry =
                new CollectionEntry(namespace, id, CollectionOptions.NONE, List.of());
        put(entry, transaction);
        return entry;
    }

    /** Makes sure that ids up to this one are not given again. */
    public void reserveIds(int highest, Transaction transaction) {
        int next = Math.max(nextIdOf(transaction), highest + 1);
        Document counter = Document.builder().put(NEXT_ID, next).build();
        transaction.put(Keyspace.COUNTER, DocumentCodec.encode(counter));
    }
}
