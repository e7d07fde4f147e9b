package io.smilodon.database;

import io.smilodon.engine.value.DateValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.query.exec.ChosenPlan;
import io.smilodon.query.exec.OperationScope;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a cursor came to be.
 *
 * @param request that opened it, as others may see it; empty for what the program itself asks
 * @param createdMillis when, in milliseconds since 1970
 * @param isKeptLonger whether it waits longer than others for its reader
 * @param isTailable whether it goes on with what is inserted later
 * @param awaitsData whether its reader may wait for that
 * @param plan that was chosen for it, if one was
 * @param shapeHash of what is asked, if that has one
 */
record CursorOrigin(
        Document request,
        long createdMillis,
        boolean isKeptLonger,
        boolean isTailable,
        boolean awaitsData,
        Optional<ChosenPlan> plan,
        Optional<Supplier<String>> shapeHash) {

    /** That of a cursor which the request of this thread has opened. */
    static CursorOrigin of(ParkedCursor cursor, long createdMillis) {
        Optional<RunningOperation> opening = RunningOperation.current();
        Optional<OperationScope> scope = opening.map(RunningOperation::scope);
        return new CursorOrigin(
                opening.map(RunningOperation::request).orElse(Document.EMPTY),
                createdMillis,
                cursor.isKeptLonger(),
                cursor.isTailable(),
                cursor.awaitsData(),
                scope.flatMap(OperationScope::plan),
                scope.flatMap(OperationScope::shapeHash));
    }

    /** The request of this thread goes on with the same plan. */
    void goOn() {
        plan.ifPresent(OperationScope::carriesOut);
        shapeHash.ifPresent(OperationScope::isOfShape);
    }

    void put(DocumentBuilder shown) {
        shown.put("createdDate", new DateValue(createdMillis))
                .put("noCursorTimeout", isKeptLonger)
                .put("tailable", isTailable)
                .put("awaitData", awaitsData);
        if (!request.isEmpty()) {
            shown.put("originatingCommand", request);
        }
    }
}
