package io.smilodon.rest;

import java.util.List;
import java.util.stream.Stream;

/** The routes below the mount of RESTHeart, those with fixed names first. */
final class RestheartRoutes {

    private RestheartRoutes() {}

    static List<RouteGroup> groups() {
        return List.of(
                new RouteGroup("RESTHeart: databases, collections", RestheartCatalogue.routes()),
                new RouteGroup("RESTHeart: tables", RestheartCsv.routes()),
                new RouteGroup("RESTHeart: indexes", RestheartIndexes.routes()),
                new RouteGroup("RESTHeart: aggregations", RestheartAggregations.routes()),
                new RouteGroup("RESTHeart: documents", documents()));
    }

    private static List<Route> documents() {
        return Stream.of(
                        RestheartList.routes(), RestheartBulk.routes(), RestheartDocuments.routes())
                .flatMap(List::stream)
                .toList();
    }
}
