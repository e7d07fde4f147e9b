package io.smilodon.rest;

import io.smilodon.database.Batch;
import io.smilodon.database.CursorRegistry;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.NullValue;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import io.smilodon.security.Need;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** The rest of a long answer. */
final class CursorRoutes {

    private static final String CURSOR = "/api/v1/cursors/{id}";

    private CursorRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.post(CURSOR + "/next", Permission.READ)
                        .demanding(CursorRoutes::check)
                        .summary("Read the next batch of a cursor")
                        .body("batchSize, or nothing")
                        .answer(200, "The next documents; the cursor's id is null at the end")
                        .answer(404, "There is no such cursor; it may have been idle too long")
                        .inTransaction()
                        .atOnce()
                        .by(CursorRoutes::next),
                Route.delete(CURSOR, Permission.READ)
                        .demanding(CursorRoutes::check)
                        .summary("Close a cursor")
                        .answer(204, "It is closed")
                        .answer(404, "There was no such cursor")
                        .atOnce()
                        .by(CursorRoutes::close));
    }

    /** It is read on by who has opened it, as long as that is allowed. */
    private static List<Need> check(Exchange exchange) {
        exchange.smilodon()
                .cursors()
                .owner(exchange.path("id"))
                .ifPresent(owner -> owner.check(exchange.permit().caller()));
        return List.of();
    }

    private static void next(Exchange exchange) {
        Document body = exchange.bodyDocumentIfAny();
        OptionalInt batchSize = batchSize(body);
        String cursor = exchange.path("id");
        CursorRegistry cursors = exchange.smilodon().cursors();
        Supplier<Batch> reading = () -> cursors.next(cursor, batchSize);
        Batch batch =
                cursors.source(cursor)
                        .map(read -> exchange.asOperation(read, "getMore", body, reading))
                        .orElseGet(reading);
        Value id = batch.cursorId().map(Value::of).orElse(NullValue.INSTANCE);
        exchange.answer(
                200,
                Document.builder()
                        .put("documents", ArrayValue.of(batch.documents()))
                        .put(
                                "cursor",
                                Document.builder().put("id", id).put("ns", batch.source()).build())
                        .build());
    }

    private static OptionalInt batchSize(Document body) {
        return switch (body.get("batchSize")) {
            case Missing absent -> OptionalInt.empty();
            case NumberValue number -> OptionalInt.of(Math.clamp(number.toLong(), -1, 1 << 24));
            default ->
                    throw new SmilodonException(
                                    ErrorCode.TYPE_MISMATCH, "batchSize must be a number")
                            .at(Location.ROOT.child("batchSize"));
        };
    }

    private static void close(Exchange exchange) {
        exchange.smilodon().cursors().kill(exchange.path("id"));
        exchange.answer(204);
    }
}
