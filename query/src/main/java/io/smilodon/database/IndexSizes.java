package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.database.catalog.IndexEntry;
import io.smilodon.database.catalog.Keyspace;
import io.smilodon.engine.store.KeyCursor;
import io.smilodon.engine.store.KeyRange;
import io.smilodon.engine.store.ReadView;
import io.smilodon.engine.value.Direction;
import io.smilodon.index.IndexDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How large the indexes of the collections are: bytes of their entries, those of the keys of the
 * documents for that on {@code _id}. They are counted when somebody asks, and again when the
 * collection has changed much since. Thread-safe.
 */
final class IndexSizes {

    /** The share of a collection that may change before it is counted again. */
    private static final int SHARE = 16;

    private final Map<Integer, Counted> counted = new ConcurrentHashMap<>();

    /** What was counted, and the state of the collection then. */
    private record Counted(
            CollectionSizes.Total total, List<Integer> indexIds, Map<String, Long> bytes) {

        boolean isLike(CollectionSizes.Total now, List<Integer> indexes) {
            return indexIds.equals(indexes)
                    && isNear(total.documentCount(), now.documentCount())
                    && isNear(total.bytes(), now.bytes());
        }

        private static boolean isNear(long then, long now) {
            return Math.abs(now - then) <= then / SHARE;
        }
    }

    /** Bytes by the name of the index, {@code _id_} first; only of those that can be read. */
    Map<String, Long> of(CollectionEntry entry, CollectionSizes.Total total, ReadView view) {
        List<IndexEntry> ready = entry.indexes().stream().filter(IndexEntry::isReady).toList();
        List<Integer> ids = ready.stream().map(index -> index.definition().id()).toList();
        Counted known = counted.get(entry.id());
        if (known == null || !known.isLike(total, ids)) {
            known = new Counted(total, ids, count(entry, ready, view));
            counted.put(entry.id(), known);
        }
        return known.bytes;
    }

    /** Forgets a collection that was dropped. */
    void forget(int collectionId) {
        counted.remove(collectionId);
    }

    private static Map<String, Long> count(
            CollectionEntry entry, List<IndexEntry> indexes, ReadView view) {
        Map<String, Long> bytes = new LinkedHashMap<>();
        bytes.put(
                IndexDefinition.ID_INDEX_NAME, count(Keyspace.documents(entry.id()), false, view));
        for (IndexEntry index : indexes) {
            byte[] entries = Keyspace.indexEntries(index.definition().id());
            bytes.put(index.definition().name(), count(entries, true, view));
        }
        return bytes;
    }

    private static long count(byte[] prefix, boolean withValues, ReadView view) {
        long bytes = 0;
        try (KeyCursor cursor = view.cursor(KeyRange.prefix(prefix), Direction.FORWARD)) {
            while (cursor.advance()) {
                bytes += cursor.key().length + (withValues ? cursor.value().length : 0);
            }
        }
        return bytes;
    }
}
