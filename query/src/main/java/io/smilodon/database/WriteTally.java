package io.smilodon.database;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.ValueOrder;
import io.smilodon.query.projection.Projection;
import java.util.Optional;

/** What a write would do to the documents that it finds, for explain. Not thread-safe. */
final class WriteTally {

    private final WriteRequest request;
    private final Modification modification;
    private final ValueOrder order;
    private Optional<Projection> projection = Optional.empty();
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

    /** The same of a write that returns these fields of the document. */
    WriteTally projecting(Optional<Projection> fields) {
        projection = fields;
        return this;
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
                                projected(
                                        start().put("inputStage", planner.get("winningPlan"))
                                                .build(),
                                        Document.EMPTY)));
        return found.get("executionStats") instanceof Document stats
                ? told.with("executionStats", done(stats))
                : told;
    }

    private DocumentBuilder start() {
        return Document.builder().put("stage", request.deletes() ? "DELETE" : "UPDATE");
    }

    private Document done(Document stats) {
        Document counts =
                Document.builder()
                        .put("nReturned", returned())
                        .put("executionTimeMillisEstimate", stats.get("executionTimeMillis"))
                        .put("works", NumberValue.intOrLong(matchedCount + 1))
                        .put("advanced", returned())
                        .put("needTime", NumberValue.intOrLong(matchedCount - returned()))
                        .put("needYield", 0)
                        .build();
        DocumentBuilder stage = start().putAll(counts);
        if (request.deletes()) {
            stage.put("nWouldDelete", NumberValue.intOrLong(matchedCount));
        } else {
            stage.put("nMatched", NumberValue.intOrLong(matchedCount))
                    .put("nWouldModify", NumberValue.intOrLong(modifiedCount))
                    .put("nWouldUpsert", isUpsert() ? 1 : 0);
        }
        stage.put("inputStage", stats.get("executionStages"));
        return stats.with("nReturned", NumberValue.intOrLong(returned()))
                .with("executionStages", projected(stage.build(), counts));
    }

    /** The stage that hands on what is wanted of the document, around the write. */
    private Document projected(Document write, Document counts) {
        return projection
                .map(
                        fields ->
                                Document.builder()
                                        .put(
                                                "stage",
                                                fields.onlyPaths().isPresent()
                                                        ? "PROJECTION_SIMPLE"
                                                        : "PROJECTION_DEFAULT")
                                        .putAll(counts)
                                        .put("transformBy", request.projection())
                                        .put("inputStage", write)
                                        .build())
                .orElse(write);
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
