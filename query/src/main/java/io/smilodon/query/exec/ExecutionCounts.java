package io.smilodon.query.exec;

import io.smilodon.query.plan.CostModel;
import io.smilodon.query.plan.EntryStage;
import io.smilodon.query.plan.PlanStage;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * What a run of a plan did. Immutable.
 *
 * @param returned documents that the plan yielded
 * @param nanos how long it took
 * @param byStage what each stage record of the plan did, by identity
 */
public record ExecutionCounts(long returned, long nanos, Map<Object, StageCounts> byStage) {

    public ExecutionCounts {
        byStage = new IdentityHashMap<>(byStage);
    }

    /** What one stage of the plan did; nothing if it was not opened. */
    public StageCounts of(Object stage) {
        return byStage.getOrDefault(stage, new StageCounts());
    }

    public long totalKeysExamined() {
        long keys = 0;
        for (StageCounts stage : byStage.values()) {
            keys += stage.keysExamined();
        }
        return keys;
    }

    public long totalDocumentsExamined() {
        long documents = 0;
        for (StageCounts stage : byStage.values()) {
            documents += stage.documentsExamined();
        }
        return documents;
    }

    /** What the run cost in the unit of the cost model: counted, not estimated. */
    public double cost() {
        double cost = 0;
        for (Map.Entry<Object, StageCounts> stage : byStage.entrySet()) {
            cost += cost(stage.getKey(), stage.getValue());
        }
        return cost;
    }

    private double cost(Object stage, StageCounts done) {
        return switch (stage) {
            case PlanStage.CollectionScan scan ->
                    CostModel.OPENED_SCAN + done.documentsExamined() * CostModel.SCANNED_DOCUMENT;
            case PlanStage.Sort sort -> {
                double rows = of(sort.input()).returned();
                yield CostModel.sorting(rows, sort.limit() > 0 ? sort.limit() : rows);
            }
            case EntryStage.IndexScan scan ->
                    CostModel.OPENED_SCAN + done.keysExamined() * CostModel.INDEX_ENTRY;
            case EntryStage.IdEntries ids -> 0;
            default ->
                    done.documentsExamined() * CostModel.FETCHED_DOCUMENT
                            + done.keysExamined() * CostModel.INDEX_ENTRY;
        };
    }
}
