package io.smilodon.rest;

import io.smilodon.database.TransactionRegistry;
import io.smilodon.database.TransactionSettings;
import io.smilodon.database.action.TransactionBody;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;

/** Transactions over several requests: each of them names its transaction in a header. */
final class TransactionRoutes {

    private static final String TRANSACTIONS = "/api/v1/transactions";

    private TransactionRoutes() {}

    static List<Route> routes() {
        return List.of(
                Route.post(TRANSACTIONS, Permission.WRITE)
                        .demanding(Demand.LOGIN)
                        .summary("Begin a transaction")
                        .body("isolation: snapshot or serializable; writeConcern, durability")
                        .answer(201, "Its id, for the header X-Transaction of other requests")
                        .by(TransactionRoutes::begin),
                Route.post(TRANSACTIONS + "/{id}/commit", Permission.WRITE)
                        .demanding(Demand.LOGIN)
                        .summary("Commit a transaction")
                        .answer(200, "Everything is written; again if it was so already")
                        .answer(404, "There is none, or it was aborted; idle ones are")
                        .answer(409, "Another writer was faster: run the whole again")
                        .atOnce()
                        .by(TransactionRoutes::commit),
                Route.post(TRANSACTIONS + "/{id}/abort", Permission.WRITE)
                        .demanding(Demand.LOGIN)
                        .summary("Abort a transaction")
                        .answer(204, "Nothing is written")
                        .answer(404, "There is none, or it was aborted already")
                        .answer(409, "It was committed")
                        .atOnce()
                        .by(TransactionRoutes::abort));
    }

    private static void begin(Exchange exchange) {
        TransactionSettings settings = TransactionBody.settings(exchange.bodyDocumentIfAny());
        String id = exchange.smilodon().transactions().begin(settings, exchange.permit().caller());
        exchange.headerOut("Location", TRANSACTIONS + "/" + id)
                .answer(
                        201,
                        Document.builder()
                                .put("id", id)
                                .put("idleMillisMax", TransactionRegistry.IDLE_MILLIS_MAX)
                                .build());
    }

    private static void commit(Exchange exchange) {
        long sequence = exchange.smilodon().transactions().commit(own(exchange));
        exchange.answer(200, Document.of("sequence", Value.of(sequence)));
    }

    private static void abort(Exchange exchange) {
        exchange.smilodon().transactions().abort(own(exchange));
        exchange.answer(204);
    }

    /** The transaction that the path names, which the caller has begun. */
    private static String own(Exchange exchange) {
        String id = exchange.path("id");
        exchange.smilodon().transactions().check(id, exchange.permit().caller());
        return id;
    }
}
