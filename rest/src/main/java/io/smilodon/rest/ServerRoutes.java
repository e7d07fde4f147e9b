package io.smilodon.rest;

import io.smilodon.database.SmilodonStatistics;
import io.smilodon.engine.log.LogStatistics;
import io.smilodon.engine.store.StoreState;
import io.smilodon.engine.store.StoreStatistics;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What runs here, and how it is. */
final class ServerRoutes {

    private static final String HTML = "text/html; charset=utf-8";

    private final Metrics metrics;
    private final Pages pages;

    ServerRoutes(Metrics metrics, Pages pages) {
        this.metrics = metrics;
        this.pages = pages;
    }

    /** The routes; those that describe the others are given the document to hand out. */
    List<Route> routes(OpenApiSource openApi) {
        List<Route> routes = new ArrayList<>(pages(openApi));
        routes.addAll(conditions());
        return routes;
    }

    private List<Route> pages(OpenApiSource openApi) {
        return List.of(
                Route.get("/", Permission.NONE)
                        .demanding(Demand.LOGIN)
                        .summary("A page that says what runs here")
                        .answer(200, "HTML")
                        .by(
                                exchange ->
                                        exchange.answer(
                                                200,
                                                HTML,
                                                pages.front(
                                                        exchange.smilodon(),
                                                        exchange.permit().caller()))),
                Route.get("/docs", Permission.NONE)
                        .demanding(Demand.NOTHING)
                        .summary("This interface, to read and to try")
                        .answer(200, "HTML")
                        .by(exchange -> exchange.answer(200, HTML, pages.docs())),
                Route.get("/api/v1", Permission.NONE)
                        .demanding(Demand.NOTHING)
                        .summary("Version and links")
                        .answer(200, "Where to go from here")
                        .by(exchange -> exchange.answer(200, links())),
                Route.get("/api/v1/openapi.json", Permission.NONE)
                        .demanding(Demand.NOTHING)
                        .summary("This interface as an OpenAPI 3.1 document")
                        .answer(200, "The document")
                        .by(exchange -> exchange.answer(200, openApi.document())));
    }

    private List<Route> conditions() {
        return List.of(
                Route.get("/health/live", Permission.NONE)
                        .demanding(Demand.NOTHING)
                        .summary("Whether the process answers")
                        .answer(200, "It does")
                        .by(exchange -> exchange.answer(200, health(Document.EMPTY))),
                Route.get("/health/ready", Permission.NONE)
                        .demanding(Demand.NOTHING)
                        .summary("Whether the database takes writes")
                        .answer(200, "It does")
                        .answer(503, "It is read-only or poisoned; the check says why")
                        .by(ServerRoutes::ready),
                Route.get("/metrics", Permission.MONITOR)
                        .demanding(Demand.onServer("serverStatus"))
                        .summary("Figures for Prometheus")
                        .answer(200, "Its text format")
                        .by(
                                exchange ->
                                        exchange.answer(
                                                200,
                                                "text/plain; version=0.0.4; charset=utf-8",
                                                metrics.scrape())),
                Route.get("/api/v1/status", Permission.MONITOR)
                        .demanding(Demand.onServer("serverStatus"))
                        .summary("How the database is")
                        .answer(200, "Uptime, cursors, log, memory and segments")
                        .by(ServerRoutes::status));
    }

    /** Hands out the OpenAPI document once the whole table is known. */
    @FunctionalInterface
    interface OpenApiSource {

        Document document();
    }

    private static Document health(Document checks) {
        return Document.builder().put("status", "UP").put("checks", checks).build();
    }

    /** A read of the catalogue, and the store's own word on whether it takes writes. */
    private static void ready(Exchange exchange) {
        int databases = exchange.smilodon().databases().size();
        StoreState state = exchange.smilodon().state();
        StoreStatistics store = exchange.smilodon().statistics().store();
        boolean isUp = state.mode() == StoreState.Mode.WRITABLE;
        DocumentBuilder check =
                Document.builder()
                        .put("status", status(isUp))
                        .put("state", state.mode().name().toLowerCase(Locale.ROOT));
        if (!isUp) {
            check.put("reason", state.reason());
            state.since().ifPresent(since -> check.put("since", since.toString()));
        }
        check.put("databases", databases)
                .put("failedFlushes", store.flush().failures())
                .put("failedCompactions", store.compaction().failuresInRow())
                .put("damagedFiles", damagedFiles(store))
                .put("failedArchivings", store.archive().failuresInRow())
                .put("memtablesWaiting", store.flush().waiting())
                .put("stalls", store.flush().stalls());
        Document answer =
                Document.builder()
                        .put("status", status(isUp))
                        .put("checks", checks(check.build(), exchange))
                        .build();
        exchange.answer(isUp ? 200 : 503, answer);
    }

    /** Damage that was found takes nothing away from what can be read: it is only reported. */
    private static Document checks(Document store, Exchange exchange) {
        Document scrub = ScrubMetrics.shown(exchange.smilodon().statistics().scrub());
        return Document.builder().put("store", store).put("scrub", scrub).build();
    }

    /** Those that a merge could not read; what overlaps with them is not merged either. */
    private static Value damagedFiles(StoreStatistics store) {
        return ArrayValue.of(
                store.compaction().damaged().stream()
                        .map(file -> (Value) new StringValue(file))
                        .toList());
    }

    private static String status(boolean isUp) {
        return isUp ? "UP" : "DOWN";
    }

    private static Document links() {
        return Document.builder()
                .put("name", "Smilodon")
                .put("version", Version.CURRENT)
                .put("databases", "/api/v1/dbs")
                .put("samples", "/api/v1/samples")
                .put("status", "/api/v1/status")
                .put("openapi", "/api/v1/openapi.json")
                .put("docs", "/docs")
                .put("metrics", "/metrics")
                .build();
    }

    private static void status(Exchange exchange) {
        SmilodonStatistics statistics = exchange.smilodon().statistics();
        StoreState state = exchange.smilodon().state();
        exchange.answer(
                200,
                Document.builder()
                        .put("version", Version.CURRENT)
                        .put("uptimeMillis", statistics.uptimeMillis())
                        .put("openCursors", statistics.openCursorCount())
                        .put("state", state.mode().name().toLowerCase(Locale.ROOT))
                        .put("store", store(statistics.store()))
                        .put("scrub", ScrubMetrics.shown(statistics.scrub()))
                        .build());
    }

    private static Document store(StoreStatistics store) {
        return Document.builder()
                .put("sequence", Value.of(store.sequence()))
                .put("commits", store.commits())
                .put("syncs", store.syncs())
                .put("syncMicros", latencies(store.log()))
                .put("logBytes", store.logBytes())
                .put("memtableBytes", store.memtableBytes())
                .put("segments", store.segmentCount())
                .put("segmentBytes", store.segmentBytes())
                .put("cacheHits", store.cache().hits())
                .put("cacheMisses", store.cache().misses())
                .put("flushes", store.flush().flushes())
                .put("failedFlushes", store.flush().failures())
                .put("stalls", store.flush().stalls())
                .put("merges", store.compaction().merges())
                .put("isCompacting", store.compaction().isRunning())
                .put("openSnapshots", store.snapshots().open())
                .build();
    }

    /** Bounds from above: the steps of the distribution double. */
    private static Document latencies(LogStatistics log) {
        return Document.builder()
                .put("p50", TimeUnit.NANOSECONDS.toMicros(log.syncNanosAt(0.5)))
                .put("p99", TimeUnit.NANOSECONDS.toMicros(log.syncNanosAt(0.99)))
                .build();
    }
}
