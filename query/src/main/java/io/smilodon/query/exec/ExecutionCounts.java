package io.smilodon.query.exec;

import io.smilodon.query.plan.CostModel;
import io.smilodon.query.plan.EntryStage;
import io.smilodon.query.plan.PlanStage;
import java.util.List;

/**
 * What a run of a plan did. Immutable.
 *
 * @param returned documents that the plan yielded
 * @param nanos how long it took
 * @param stages what each stage of the plan did
 */
public record ExecutionCounts(long returned, long nanos, List<Counted> stages) {

    public ExecutionCounts {
        stages = List.copyOf(stages);
    }

    /** What a stage record of a plan did, one of the very plan that ran. */
    public record Counted(Object stage, StageCounts counts) {}

    /** What one stage of the plan did; nothing if it was not opened. */
    public StageCounts of(Object stage) {
        for (Counted counted : stages) {
            if (counted.stage == stage) {
                return counted.counts;
            }
        }
        return new StageCounts();
    }

    public long totalKeysExamined() {
        long keys = 0;
        for (Counted counted : stages) {
            keys += counted.counts.keysExamined();
        }
        return keys;
    }

    public long totalDocumentsExamined() {
        long documents = 0;
        for (Counted counted : stages) {
            documents += counted.counts.documentsExamined();
        }
        return documents;
    }

    /** What the run cost in the unit of the cost model: counted, not estimated. */
    public double cost() {
        double cost = 0;
        for (Counted counted : stages) {
            cost += cost(counted.stage, counted.counts);
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
