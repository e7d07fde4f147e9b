package io.smilodon.query.exec;

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
        return byStage.values().stream().mapToLong(StageCounts::keysExamined).sum();
    }

    public long totalDocumentsExamined() {
        return byStage.values().stream().mapToLong(StageCounts::documentsExamined).sum();
    }
}
