package io.smilodon.rest;

import io.smilodon.database.stream.ChangeStream;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Changes as they happen: as server-sent events, and as messages of a WebSocket. */
final class WatchRoutes implements AutoCloseable {

    private static final Logger LOGGER = Logger.getLogger(WatchRoutes.class.getName());

    private final Watches watches = new Watches();

    private static final Document EVERYTHING = Document.of("allChangesForCluster", Value.of(true));

    /** How a request opens a stream. */
    interface Opener {
        ChangeStream open(Exchange exchange, WatchRequest request);
    }

    List<Route> routes() {
        return List.of(
                described(
                        "/api/v1/dbs/{db}/collections/{collection}/watch",
                        "Follow the changes of a collection",
                        ofCollection(),
                        (exchange, request) ->
                                exchange.collection().watch(request.pipeline(), request.options())),
                described(
                        "/api/v1/dbs/{db}/watch",
                        "Follow the changes of a database",
                        Demand.commands(exchange -> following(Value.of(1), Document.EMPTY)),
                        (exchange, request) ->
                                exchange.database().watch(request.pipeline(), request.options())),
                described(
                        "/api/v1/watch",
                        "Follow all changes",
                        exchange ->
                                Demand.sent(exchange, "admin", following(Value.of(1), EVERYTHING)),
                        (exchange, request) ->
                                exchange.smilodon().watch(request.pipeline(), request.options())));
    }

    /** What it needs to follow the changes of the collection in the path. */
    static Demand ofCollection() {
        return Demand.commands(
                exchange -> following(Value.of(exchange.path("collection")), Document.EMPTY));
    }

    private static List<Document> following(Value source, Document options) {
        Document stage = Document.of("$changeStream", options);
        return List.of(
                Document.builder()
                        .put("aggregate", source)
                        .put("pipeline", ArrayValue.of(stage))
                        .build());
    }

    private Route described(String path, String summary, Demand demand, Opener opener) {
        Route.Builder route =
                Route.get(path, Permission.READ)
                        .demanding(demand)
                        .summary(summary)
                        .parameter("pipeline", "stages that each event goes through, a JSON array");
        return route(parameters(route), opener);
    }

    /** What requests that follow changes have in common. */
    static Route.Builder parameters(Route.Builder route) {
        return route.parameter("resumeAfter", "the id of an event; Last-Event-ID does the same")
                .parameter("startAfter", "the same, also of the event that ended a stream")
                .parameter("startAt", "an instant as 2026-01-31T12:00:00Z")
                .parameter("fullDocument", "default, updateLookup, whenAvailable or required")
                .parameter("fullDocumentBeforeChange", "off, whenAvailable or required")
                .parameter("showExpandedEvents", "true for events of collections and indexes")
                .parameter(
                        "maxTimeMS", "how long the work on one event may take; 60000 unless given")
                .answer(200, "Server-sent events, as long as the client stays")
                .answer(400, "A parameter is wrong")
                .atOnce();
    }

    /** A route that sends what a stream has, in both ways. */
    Route route(Route.Builder route, Opener opener) {
        return route.overSocket(
                        "To a WebSocket handshake: each message is one event",
                        exchange -> followOverSocket(exchange, opener))
                .by(exchange -> followSent(exchange, opener));
    }

    private void followSent(Exchange exchange, Opener opener) {
        WatchRequest request = WatchRequest.of(exchange);
        try (ChangeStream stream = open(exchange, opener, request)) {
            operation(exchange, stream, request)
                    .run(
                            () -> {
                                SentEvents output = exchange.events();
                                output.comment("watching " + stream.name());
                                if (exchange.method().equals("HEAD")) {
                                    output.end();
                                    return stream;
                                }
                                return watches.follow(stream, output);
                            });
        }
    }

    /** It is not yet an operation whose operators are checked: that is named by the stream. */
    private static ChangeStream open(Exchange exchange, Opener opener, WatchRequest request) {
        return exchange.smilodon()
                .operations()
                .dialect()
                .within(() -> opener.open(exchange, request));
    }

    private static LongOperation operation(
            Exchange exchange, ChangeStream stream, WatchRequest request) {
        Document shown = Document.of("pipeline", ArrayValue.of(request.pipeline()));
        return exchange.endlessOperation(stream.name(), "watch", shown);
    }

    /**
     * A thread of its own opens the stream, before the handshake is answered: a client that knows
     * the socket as open misses nothing.
     */
    private SocketEvents followOverSocket(Exchange exchange, Opener opener) {
        SocketEvents output = new SocketEvents(exchange.mode());
        CountDownLatch begun = new CountDownLatch(1);
        Runnable work =
                () -> {
                    try {
                        followOverSocket(exchange, opener, output, begun);
                    } catch (SmilodonException failure) {
                        begun.countDown();
                        output.end(failure);
                    } catch (RuntimeException bug) {
                        LOGGER.log(Level.SEVERE, bug, () -> "bug while watching");
                        begun.countDown();
                        output.end(Problem.bug());
                    }
                };
        Thread.ofVirtual().name("watch").start(work);
        try {
            begun.await();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        return output;
    }

    private void followOverSocket(
            Exchange exchange, Opener opener, SocketEvents output, CountDownLatch begun) {
        WatchRequest request = WatchRequest.of(exchange);
        try (ChangeStream stream = open(exchange, opener, request)) {
            LongOperation operation = operation(exchange, stream, request);
            begun.countDown();
            operation.run(() -> watches.follow(stream, output));
        }
    }

    @Override
    public void close() {
        watches.close();
    }
}
