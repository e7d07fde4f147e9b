package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ValueOrder;

/** What a write would do to the documents that it finds, for explain. Not thread-safe. */
final class WriteTally {

    private final WriteRequest request;
    private final Modification modification;
    private final ValueOrder order;
    private long matchedCount;
    private long modifiedCount;

    /**
     * @param order how values compare in the write
     */
    WriteTally(WriteRequest request, Modification modification, ValueOrder order) {
        this.request = request;
        this.modification = modification;
        this.order = order;
    }

    void add(Document found) {
        matchedCount++;
        modifiedCount += modification.changes(found, order) ? 1 : 0;
    }

    private boolean isUpsert() {
        return matchedCount == 0 && modification.isUpsert();
    }

    /** The explanation of what it finds, as that of the write. */
    Document around(Document found) {
        Document planner = (Document) found.get("queryPlanner");
        Document told =
                found.with(
                        "queryPlanner",
                        planner.with(
                                "winningPlan",
                                start().put("inputStage", planner.get("winningPlan")).build()));
        return found.get("executionStats") instanceof Document stats
                ? told.with("executionStats", done(stats))
                : told;
    }

    private DocumentBuilder start() {
        return Document.builder().put("stage", request.deletes() ? "DELETE" : "UPDATE");
    }

    private Document done(Document stats) {
        DocumentBuilder stage = start().put("nReturned", returned());
        stage.put("executionTimeMillisEstimate", stats.get("executionTimeMillis"));
        stage.put("works", NumberValue.intOrLong(matchedCount + 1))
                .put("advanced", returned())
                .put("needTime", NumberValue.intOrLong(matchedCount - returned()))
                .put("needYield", 0);
        if (request.deletes()) {
            stage.put("nWouldDelete", NumberValue.intOrLong(matchedCount));
        } else {
            stage.put("nMatched", NumberValue.intOrLong(matchedCount))
                    .put("nWouldModify", NumberValue.intOrLong(modifiedCount))
                    .put("nWouldUpsert", isUpsert() ? 1 : 0);
        }
        stage.put("inputStage", stats.get("executionStages"));
        return stats.with("nReturned", NumberValue.intOrLong(returned()))
                .with("executionStages", stage.build());
    }

    private int returned() {
        boolean isThere =
                switch (request.returned()) {
                    case NOTHING -> false;
                    case BEFORE -> matchedCount > 0;
                    case AFTER -> matchedCount > 0 || isUpsert();
                };
        return isThere ? 1 : 0;
    }
}
