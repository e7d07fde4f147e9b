package io.smilodon.rest;

import io.smilodon.database.VersionedDocument;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.rest.restheart.Kind;
import io.smilodon.rest.restheart.Listing;
import io.smilodon.rest.restheart.Properties;
import io.smilodon.rest.restheart.StoredPipeline;
import io.smilodon.security.Need;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Aggregations that the properties of a collection define, for RESTHeart's clients. */
final class RestheartAggregations {

    private static final String PATH = RestheartExchange.COLLECTION + "/_aggrs/{uri}";
    private static final String BOUND = "bound";

    private RestheartAggregations() {}

    static List<Route> routes() {
        return List.of(
                RestheartExchange.route(
                        RestheartCatalogue.paged(
                                        RestheartExchange.binding(Route.get(PATH, Permission.READ)))
                                .demanding(RestheartAggregations::demanded)
                                .limitable()
                                .writingIf("the pipeline ends with $out or $merge")
                                .summary("Run an aggregation that aggrs defines")
                                .answer(200, "Its results")
                                .answer(400, "A variable has no value, or an operator")
                                .answer(404, "There is no such aggregation")
                                .answer(413, "The results are larger than an answer may be")
                                .inTransaction(),
                        RestheartAggregations::run));
    }

    /**
     * What the pipeline needs with the values of this request. Who may not read the collection is
     * not told what is defined.
     */
    private static List<Need> demanded(Exchange exchange) {
        sent(exchange, List.of());
        List<Document> stages = bind(exchange, StoredPipeline.AGGREGATIONS);
        exchange.keep(BOUND, stages); // another definition may be there when it is carried out
        return sent(exchange, stages);
    }

    private static List<Need> sent(Exchange exchange, List<Document> stages) {
        return Demand.sent(
                exchange,
                exchange.path("db"),
                ActionDemand.commands(
                        "aggregate",
                        exchange.path("collection"),
                        Document.of("pipeline", ArrayValue.of(stages))));
    }

    /**
     * The stages that the collection in the path defines for the address in the path.
     *
     * @param kind which of its properties
     */
    static List<Document> bind(Exchange exchange, String kind) {
        RestheartExchange request = RestheartExchange.of(exchange);
        String uri = exchange.path("uri");
        Document properties =
                Properties.of(request.database(), request.collectionName())
                        .read()
                        .map(VersionedDocument::document)
                        .orElse(Document.EMPTY);
        StoredPipeline pipeline =
                StoredPipeline.find(properties, kind, uri).orElseThrow(() -> missing(kind, uri));
        return pipeline.bind(request.parameters().variables());
    }

    private static SmilodonException missing(String kind, String uri) {
        return new SmilodonException(
                        ErrorCode.NAMESPACE_NOT_FOUND,
                        "The properties of the collection do not define this",
                        Map.of("property", kind, "uri", uri))
                .withHint("PATCH the collection with " + kind);
    }

    private static void run(RestheartExchange request) {
        request.existingCollection();
        Exchange exchange = request.exchange();
        List<Document> stages =
                exchange.<List<Document>>kept(BOUND)
                        .orElseGet(() -> bind(exchange, StoredPipeline.AGGREGATIONS));
        refuseForeign(exchange, stages);
        Document aggregate =
                Document.builder()
                        .put("pipeline", ArrayValue.of(stages))
                        .put("batchSize", Integer.MAX_VALUE)
                        .build();
        Document answer = exchange.act(request.collection(), "aggregate", aggregate);
        List<Document> results = RestheartList.whole(answer, request);
        OptionalLong size = OptionalLong.of(results.size());
        request.answer(new Listing(Kind.AGGREGATION, Document.EMPTY, results, size));
    }

    /** A page of another origin may have a browser GET anything, as an image; this would write. */
    private static void refuseForeign(Exchange exchange, List<Document> stages) {
        boolean isWriting =
                stages.stream().anyMatch(each -> each.has("$out") || each.has("$merge"));
        if (isWriting && !RequestGuard.isOfOwnPage(exchange)) {
            throw new SmilodonException(
                            ErrorCode.UNAUTHORIZED, "Pages of other origins may not have this run")
                    .withHint("the pipeline writes");
        }
    }
}
