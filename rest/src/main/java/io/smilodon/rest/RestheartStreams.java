package io.smilodon.rest;

import io.smilodon.engine.value.Document;
import io.smilodon.rest.restheart.StoredPipeline;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Change streams that the properties of a collection define, for RESTHeart's clients. */
final class RestheartStreams {

    private static final String PATH = RestheartExchange.COLLECTION + "/_streams/{uri}";

    private RestheartStreams() {}

    /**
     * The route.
     *
     * @param watching what follows changes
     */
    static List<Route> routes(WatchRoutes watching) {
        Route.Builder route =
                RestheartExchange.binding(WatchRoutes.parameters(Route.get(PATH, Permission.READ)))
                        .demanding(WatchRoutes.ofCollection())
                        .summary("Follow a change stream that streams defines")
                        .answer(404, "There is no such stream");
        Set<String> known = new HashSet<>(route.parameterNames());
        known.add("jsonMode");
        return List.of(
                watching.route(
                        route,
                        (exchange, request) -> {
                            exchange.requireParameters(known);
                            List<Document> stages =
                                    RestheartAggregations.bind(exchange, StoredPipeline.STREAMS);
                            return exchange.collection().watch(stages, request.options());
                        }));
    }
}
