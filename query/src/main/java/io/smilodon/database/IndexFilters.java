package io.smilodon.database;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.query.plan.AllowedIndexes;
import io.smilodon.query.plan.Query;
import io.smilodon.query.plan.QueryShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * MongoDB's index filters: which indexes queries of which shape may use, until the database is
 * closed. Thread-safe.
 */
final class IndexFilters {

    static final int FILTERS_MAX = 1_000;

    private final Map<Key, Filter> filters = new LinkedHashMap<>();
    private volatile boolean isEmpty = true;

    private record Key(int collectionId, QueryShape shape) {}

    /**
     * A filter.
     *
     * @param shape a query of its shape, as it was written: {@code {query, sort, projection,
     *     collation?}}
     * @param allowed the indexes that such queries may use
     */
    record Filter(Document shape, AllowedIndexes allowed) {}

    /** Sets the filter of a shape, instead of the one that it has. */
    void set(int collectionId, Query like, Filter filter) {
        QueryShape shape = QueryShape.filtered(like);
        Key key = new Key(collectionId, shape);
        synchronized (filters) {
            if (shape.isTooLong() || filters.size() >= FILTERS_MAX && !filters.containsKey(key)) {
                throw new SmilodonException(
                        ErrorCode.BAD_VALUE,
                        "There are too many index filters, or this one's query is too long",
                        Map.of("max", FILTERS_MAX));
            }
            filters.put(key, filter);
            isEmpty = false;
        }
    }

    /** Whether all queries may use all indexes. */
    boolean isEmpty() {
        return isEmpty;
    }

    /** Which indexes a query may use. */
    AllowedIndexes allowed(int collectionId, Query query) {
        if (isEmpty) {
            return AllowedIndexes.ALL;
        }
        Key key = new Key(collectionId, QueryShape.filtered(query));
        synchronized (filters) {
            Filter found = filters.get(key);
            return found == null ? AllowedIndexes.ALL : found.allowed;
        }
    }

    /** The filters of a collection, the oldest first. */
    List<Filter> of(int collectionId) {
        List<Filter> found = new ArrayList<>();
        synchronized (filters) {
            filters.forEach(
                    (key, filter) -> {
                        if (key.collectionId == collectionId) {
                            found.add(filter);
                        }
                    });
        }
        return found;
    }

    /** Removes the filter of a shape, if it has one. */
    void clear(int collectionId, Query like) {
        Key key = new Key(collectionId, QueryShape.filtered(like));
        synchronized (filters) {
            filters.remove(key);
            isEmpty = filters.isEmpty();
        }
    }

    /** Removes all filters of a collection. */
    void forget(int collectionId) {
        synchronized (filters) {
            filters.keySet().removeIf(key -> key.collectionId == collectionId);
            isEmpty = filters.isEmpty();
        }
    }
}
