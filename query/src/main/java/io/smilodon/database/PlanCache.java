package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.engine.value.Document;
import io.smilodon.query.plan.AllowedIndexes;
import io.smilodon.query.plan.PlanDecision;
import io.smilodon.query.plan.PlanMemory;
import io.smilodon.query.plan.Query;
import io.smilodon.query.plan.QueryShape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which way the planner has chosen for which shape of queries. A decision holds for one version of
 * the collection's entry in the catalog: a new index, or the first array in one, ends it. Of too
 * many decisions the one goes that was not asked for longest. Thread-safe.
 */
final class PlanCache {

    static final int DECISIONS_MAX = 5_000;

    private final Map<Key, Remembered> decisions =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Key, Remembered> eldest) {
                    return size() > DECISIONS_MAX;
                }
            };

    private record Key(int collectionId, QueryShape shape, AllowedIndexes allowed) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && collectionId == that.collectionId
                    && shape.equals(that.shape)
                    && allowed.equals(that.allowed);
        }

        @Override
        public int hashCode() {
            return 31 * collectionId + shape.hashCode();
        }
    }

    /**
     * A decision.
     *
     * @param version the entry of the catalog that it was made for: the object itself
     * @param filter the filter of the query that it was made for, with its values
     * @param sort the sort of that query; empty for none
     * @param sinceMillis when it was made
     * @param allowed the indexes that it was made of
     */
    record Remembered(
            CollectionEntry version,
            QueryShape shape,
            PlanDecision decision,
            Document filter,
            Document sort,
            long sinceMillis,
            AllowedIndexes allowed) {}

    /** The decisions about one version of a collection, made of these indexes of it. */
    PlanMemory on(CollectionEntry entry, AllowedIndexes allowed) {
        return new Part(entry, allowed);
    }

    private final class Part implements PlanMemory {

        private final CollectionEntry entry;

        private final AllowedIndexes allowed;

        Part(CollectionEntry entry, AllowedIndexes allowed) {
            this.entry = entry;
            this.allowed = allowed;
        }

        @Override
        public Optional<PlanDecision> recall(QueryShape shape) {
            synchronized (decisions) {
                Remembered found = decisions.get(new Key(entry.id(), shape, allowed));
                return found != null && found.version == entry
                        ? Optional.of(found.decision)
                        : Optional.empty();
            }
        }

        @Override
        public void remember(QueryShape shape, Query query, PlanDecision decision) {
            Remembered made =
                    new Remembered(
                            entry,
                            shape,
                            decision,
                            QueryShapes.shown(query.filter()),
                            query.sort().map(sort -> sort.toDocument()).orElse(Document.EMPTY),
                            System.currentTimeMillis(),
                            allowed);
            synchronized (decisions) {
                decisions.put(new Key(entry.id(), shape, allowed), made);
            }
        }
    }

    /** A plan has cost far more than it was expected to. */
    void forget(int collectionId, QueryShape shape, AllowedIndexes allowed) {
        synchronized (decisions) {
            decisions.remove(new Key(collectionId, shape, allowed));
        }
    }

    /** Forgets all decisions about a collection. */
    void forget(int collectionId) {
        synchronized (decisions) {
            decisions.keySet().removeIf(key -> key.collectionId == collectionId);
        }
    }

    /** Forgets the decisions about queries that are alike but for how much is wanted. */
    void forgetLike(int collectionId, QueryShape shape) {
        synchronized (decisions) {
            decisions
                    .keySet()
                    .removeIf(key -> key.collectionId == collectionId && key.shape.isLike(shape));
        }
    }

    /** The decisions that hold for this version of a collection. */
    List<Remembered> of(CollectionEntry entry) {
        List<Remembered> found = new ArrayList<>();
        synchronized (decisions) {
            for (Remembered decision : decisions.values()) {
                if (decision.version == entry) {
                    found.add(decision);
                }
            }
        }
        return found;
    }
}
