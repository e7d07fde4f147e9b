package io.smilodon.rest;

import io.smilodon.database.RunningOperation;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.security.Action;
import io.smilodon.security.Caller;
import io.smilodon.security.Resource;
import java.util.List;
import java.util.Map;

/** The requests that are being carried out. */
final class OperationRoutes {

    private static final String OPERATIONS = "/api/v1/ops";

    private OperationRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.get(OPERATIONS, Permission.MONITOR)
                        .demanding(Demand.LOGIN)
                        .summary("List the commands and actions that are being carried out")
                        .answer(200, "Each with its id, what it does, and for how long")
                        .by(OperationRoutes::list),
                Route.delete(OPERATIONS + "/{id}", Permission.ADMINISTER)
                        .demanding(Demand.LOGIN)
                        .summary("End an operation: it fails with 11601")
                        .answer(204, "It ends at its next step")
                        .answer(404, "There is none of this id, or it has ended")
                        .by(OperationRoutes::end));
    }

    private static void list(Exchange exchange) {
        List<Document> running =
                exchange.smilodon().operations().running().stream()
                        .filter(operation -> isOwn(exchange, operation, Action.INPROG))
                        .map(RunningOperation::toDocument)
                        .toList();
        exchange.answer(200, Document.of("ops", ArrayValue.of(running)));
    }

    /** Those of others are for who may do that with all of them. */
    private static boolean isOwn(Exchange exchange, RunningOperation operation, Action action) {
        Caller caller = exchange.permit().caller();
        return operation.isOf(caller) || caller.may(action, Resource.CLUSTER);
    }

    private static void end(Exchange exchange) {
        String id = exchange.path("id");
        int number = number(id);
        boolean isThere =
                exchange.smilodon().operations().running().stream()
                        .filter(operation -> operation.id() == number)
                        .anyMatch(operation -> isOwn(exchange, operation, Action.KILLOP));
        if (!isThere || !exchange.smilodon().operations().kill(number)) {
            throw new SmilodonException(
                    ErrorCode.NO_SUCH_KEY, "There is no such operation", Map.of("id", id));
        }
        exchange.answer(204);
    }

    private static int number(String id) {
        try {
            return Integer.parseInt(id);
        } catch (NumberFormatException malformed) {
            throw new SmilodonException(
                            ErrorCode.FAILED_TO_PARSE,
                            "An operation is named by a whole number",
                            Map.of("id", id))
                    .at(Location.ROOT.child("id"));
        }
    }
}
