package io.smilodon.database;

import io.smilodon.engine.codec.DocumentCodec;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.query.exec.ExecutionCounts;
import io.smilodon.query.plan.Query;
import io.smilodon.query.plan.QueryShape;
import io.smilodon.query.predicate.Predicate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Which shapes of queries there have been, how often and at what cost: what is to be known to
 * advise indexes. Of too many shapes the one goes that was not asked for longest. Thread-safe.
 */
final class QueryShapes {

    static final int SHAPES_MAX = 1_000;

    /**
     * Longer filters and projections are not kept, nor those that nest deeper than documents may.
     */
    private static final int BYTES_MAX = 4_096;

    private static final Document TOO_LONG = Document.EMPTY;

    private final Map<Key, Use> uses =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Use> eldest) {
                    return size() > SHAPES_MAX;
                }
            };

    private record Key(int collectionId, QueryShape shape) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && collectionId == that.collectionId
                    && shape.equals(that.shape);
        }

        @Override
        public int hashCode() {
            return 31 * collectionId + shape.hashCode();
        }
    }

    /**
     * The queries of one shape.
     *
     * @param example the newest of them; of some, for not each is kept
     * @param cost in the unit of the cost model, counted
     */
    record Use(Query example, long count, long nanos, double cost, long returned, long examined) {

        private Use and(Supplier<Query> newer, Spent spent) {
            return new Use(
                    Long.bitCount(count + 1) == 1 ? example(newer.get()) : example,
                    count + 1,
                    nanos + spent.nanos,
                    cost + spent.cost,
                    returned + spent.returned,
                    examined + spent.examined);
        }

        private Query example(Query newer) {
            return isTooLong(newer) ? example : newer;
        }
    }

    /** What a query has taken: the same that {@link Use} sums up. */
    record Spent(long nanos, double cost, long returned, long examined) {

        static Spent of(ExecutionCounts counts) {
            return new Spent(
                    counts.nanos(),
                    counts.cost(),
                    counts.returned(),
                    counts.totalDocumentsExamined());
        }
    }

    /** A filter as people may see it; empty if it is too long to be kept. */
    static Document shown(Predicate filter) {
        Document written = filter.toDocument();
        return isTooLong(written) ? TOO_LONG : written;
    }

    /** A query has been carried out. */
    void record(int collectionId, QueryShape shape, Query query, ExecutionCounts counts) {
        record(collectionId, shape, () -> query, Spent.of(counts));
    }

    /**
     * The same.
     *
     * @param query to be asked for if it is to be kept
     */
    void record(int collectionId, QueryShape shape, Supplier<Query> query, Spent spent) {
        if (shape.isTooLong()) {
            return;
        }
        Key key = new Key(collectionId, shape);
        boolean isKnown;
        synchronized (uses) {
            isKnown = uses.computeIfPresent(key, (same, use) -> use.and(query, spent)) != null;
        }
        if (!isKnown && !isTooLong(query.get())) {
            Use first = new Use(query.get(), 0, 0, 0, 0, 0).and(query, spent);
            synchronized (uses) {
                uses.putIfAbsent(key, first);
            }
        }
    }

    private static boolean isTooLong(Query query) {
        return isTooLong(query.filter().toDocument())
                || query.output() instanceof Query.Output.Projected shown
                        && isTooLong(shown.specification());
    }

    private static boolean isTooLong(Document part) {
        try {
            return DocumentCodec.encode(part).length > BYTES_MAX;
        } catch (SmilodonException notStorable) {
            return true; // larger or deeper than any document may be
        }
    }

    /** The queries of a collection, those first that have cost most. */
    List<Use> of(int collectionId) {
        List<Use> found = new ArrayList<>();
        synchronized (uses) {
            uses.forEach(
                    (key, use) -> {
                        if (key.collectionId == collectionId) {
                            found.add(use);
                        }
                    });
        }
        found.sort((left, right) -> Double.compare(right.cost, left.cost));
        return found;
    }

    /** Forgets a collection that was dropped. */
    void forget(int collectionId) {
        synchronized (uses) {
            uses.keySet().removeIf(key -> key.collectionId == collectionId);
        }
    }
}
