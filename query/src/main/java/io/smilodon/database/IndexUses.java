package io.smilodon.database;

import io.smilodon.database.catalog.CollectionEntry;
import io.smilodon.engine.value.DateValue;
import io.smilodon.query.plan.PlanIndexes;
import io.smilodon.query.plan.PlanStage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often plans have used which index since the database was opened, or since the index was
 * created, if that was later. Thread-safe.
 */
final class IndexUses {

    private final DateValue openedAt = now();
    private final Map<Integer, Map<Integer, Use>> collections = new ConcurrentHashMap<>();

    /** An index. */
    private record Use(LongAdder count, DateValue since) {}

    /**
     * What is known of an index.
     *
     * @param count how many plans have used it
     * @param since from when on they were counted
     */
    record Counted(long count, DateValue since) {}

    private static DateValue now() {
        return new DateValue(System.currentTimeMillis());
    }

    /** An index has been created: it is counted from now on. */
    void begin(int collectionId, int indexId) {
        of(collectionId).put(indexId, new Use(new LongAdder(), now()));
    }

    /** A plan is about to be carried out. */
    void count(CollectionEntry entry, PlanStage plan) {
        for (int index : PlanIndexes.of(plan)) {
            count(entry.id(), index);
        }
    }

    /** The index on {@code _id} was used without a plan. */
    void countIdLookup(int collectionId) {
        count(collectionId, PlanIndexes.ON_ID);
    }

    private void count(int collectionId, int indexId) {
        use(collectionId, indexId).count.increment();
    }

    /** Counts the plans that use an index, for as long as there is the index. */
    LongAdder counter(int collectionId, int indexId) {
        return use(collectionId, indexId).count;
    }

    Counted of(int collectionId, int indexId) {
        Use use = use(collectionId, indexId);
        return new Counted(use.count.sum(), use.since);
    }

    /** How many plans have looked at a whole collection. */
    long scans(int collectionId) {
        return of(collectionId, PlanIndexes.NONE).count;
    }

    /** Forgets a collection that was dropped. */
    void forget(int collectionId) {
        collections.remove(collectionId);
    }

    /** Looks before it locks: both are there, but for the first time. */
    private Map<Integer, Use> of(int collectionId) {
        Map<Integer, Use> uses = collections.get(collectionId);
        return uses != null
                ? uses
                : collections.computeIfAbsent(collectionId, id -> new ConcurrentHashMap<>());
    }

    private Use use(int collectionId, int indexId) {
        Map<Integer, Use> uses = of(collectionId);
        Use use = uses.get(indexId);
        return use != null
                ? use
                : uses.computeIfAbsent(indexId, id -> new Use(new LongAdder(), openedAt));
    }
}
