package io.smilodon.rest;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.transfer.Import;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.rest.restheart.CsvParameters;
import io.smilodon.rest.restheart.Query;
import java.util.List;
import java.util.Map;

/** Comma-separated values as documents, for RESTHeart's clients. */
final class RestheartCsv {

    private static final String MEDIA_TYPE = "text/csv";

    /** The place is in the query string and not in the path. */
    private static final Demand IMPORTING =
            exchange -> {
                CsvParameters asked = CsvParameters.of(new Query(exchange.queryValues()));
                return Demand.sent(
                        exchange,
                        asked.database(),
                        TransferRoutes.commands(asked.options().mode(), asked.collection()));
            };

    private RestheartCsv() {}

    static List<Route> routes() {
        return List.of(
                RestheartExchange.route(
                        Route.post(RestheartExchange.MOUNT + "/csv", Permission.WRITE)
                                .demanding(IMPORTING)
                                .summary("Make documents of the rows of a table, however many")
                                .parameter("db", "the database")
                                .parameter("coll", "the collection")
                                .parameter("id", "the position of the column of the _id, from 0")
                                .parameter("sep", "what stands between fields: a comma by default")
                                .parameter("update", "true: change documents with the same _id")
                                .parameter("upsert", "false: but do not create others")
                                .parameter("props", "names of fields that every document gets")
                                .parameter("values", "their values")
                                .text("A table; its first row names the fields", MEDIA_TYPE)
                                .answer(200, "What was done with the documents")
                                .answer(207, "The same, and the first hundred errors")
                                .atOnce(),
                        RestheartCsv::load));
    }

    private static void load(RestheartExchange request) {
        Exchange exchange = request.exchange();
        if (!exchange.bodyType().equals(MEDIA_TYPE)) {
            throw new SmilodonException(
                            ErrorCode.BAD_VALUE,
                            "The body is not of the type text/csv",
                            Map.of("type", exchange.bodyType()))
                    .withHint("send Content-Type: text/csv");
        }
        CsvParameters asked = CsvParameters.of(request.parameters().query());
        DocumentCollection collection =
                exchange.database(asked.database()).collection(asked.collection());
        Document report =
                exchange.asLongOperation(
                        collection.namespace().toString(),
                        "import",
                        Document.EMPTY,
                        () -> new Import(collection, asked.options()).run(exchange.bodyStream()));
        boolean isWhole = !report.has("errors") && !report.has("stopped");
        request.answer(isWhole ? 200 : 207, report);
    }
}
