package io.smilodon.rest;

import io.smilodon.database.Requests;
import io.smilodon.database.stream.ChangeStream;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.database.stream.WatchParser;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Changes as server-sent events (WHATWG HTML, 9.2): {@code id} is the resume token, which browsers
 * bring back by themselves, {@code event} the kind, {@code data} the event as JSON. Thread-safe.
 */
final class WatchRoutes implements AutoCloseable {

    /** After so long without an event a comment is sent, so that a client that left is noticed. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private static final String TOKEN = "_data";

    /** How long a server that stops waits for clients that are slow to take the end. */
    private static final long END_MILLIS_MAX = 5_000;

    private final Set<ChangeStream> open = new HashSet<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private boolean isClosed;

    /** How a request opens a stream. */
    private interface Opener {
        ChangeStream open(Exchange exchange, List<Document> pipeline, WatchOptions options);
    }

    List<Route> routes() {
        return List.of(
                described(
                        "/api/v1/dbs/{db}/collections/{collection}/watch",
                        "Follow the changes of a collection",
                        (exchange, pipeline, options) ->
                                exchange.collection().watch(pipeline, options)),
                described(
                        "/api/v1/dbs/{db}/watch",
                        "Follow the changes of a database",
                        (exchange, pipeline, options) ->
                                exchange.database().watch(pipeline, options)),
                described(
                        "/api/v1/watch",
                        "Follow all changes",
                        (exchange, pipeline, options) ->
                                exchange.smilodon().watch(pipeline, options)));
    }

    private Route described(String path, String summary, Opener opener) {
        return Route.get(path, Permission.READ)
                .summary(summary)
                .parameter("pipeline", "stages that each event goes through, a JSON array")
                .parameter("resumeAfter", "the id of an event; Last-Event-ID does the same")
                .parameter("startAfter", "the same, also of the event that ended a stream")
                .parameter("startAt", "an instant as 2026-01-31T12:00:00Z")
                .parameter("fullDocument", "default, updateLookup, whenAvailable or required")
                .parameter("fullDocumentBeforeChange", "off, whenAvailable or required")
                .parameter("showExpandedEvents", "true for events of collections and indexes")
                .parameter(
                        "maxTimeMS", "how long the work on one event may take; 60000 unless given")
                .answer(200, "Server-sent events, as long as the client stays")
                .answer(400, "A parameter is wrong")
                .atOnce()
                .by(exchange -> follow(exchange, opener));
    }

    private void follow(Exchange exchange, Opener opener) {
        List<Document> pipeline = pipeline(exchange);
        try (ChangeStream stream = opener.open(exchange, pipeline, options(exchange))) {
            Document request = Document.of("pipeline", ArrayValue.of(pipeline));
            Supplier<ChangeStream> following = () -> follow(exchange, stream);
            exchange.asEndlessOperation(stream.name(), "watch", request, following);
        }
    }

    private ChangeStream follow(Exchange exchange, ChangeStream stream) {
        enter(stream);
        try {
            EventOutput output = exchange.events();
            if (!exchange.method().equals("HEAD")) {
                send(stream, output);
            }
            output.end();
            return stream;
        } finally {
            leave(stream);
        }
    }

    private void enter(ChangeStream stream) {
        lock.lock();
        try {
            if (isClosed) {
                throw new SmilodonException(
                        ErrorCode.SHUTDOWN_IN_PROGRESS, "The server is stopping");
            }
            open.add(stream);
        } finally {
            lock.unlock();
        }
    }

    private void leave(ChangeStream stream) {
        lock.lock();
        try {
            open.remove(stream);
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Until the client or the server goes away, or what is watched does. */
    private void send(ChangeStream stream, EventOutput output) {
        boolean goesOn = output.comment("watching " + stream.name());
        while (goesOn && !stream.hasEnded()) {
            Optional<Document> event;
            try {
                event = stream.next(HEARTBEAT);
            } catch (SmilodonException failure) {
                boolean isEnd = failure.code().equals(ErrorCode.SHUTDOWN_IN_PROGRESS);
                output.event(isEnd ? "end" : "error", "", Problem.of(failure).body());
                return;
            }
            goesOn =
                    event.isPresent()
                            ? output.event(type(event.get()), id(event.get()), event.get())
                            : output.comment("");
        }
    }

    private static String type(Document event) {
        return event.get("operationType") instanceof StringValue type ? type.value() : "message";
    }

    private static String id(Document event) {
        return event.get("_id") instanceof Document token
                        && token.get(TOKEN) instanceof StringValue data
                ? data.value()
                : "";
    }

    // ---- Parameters

    private static List<Document> pipeline(Exchange exchange) {
        Optional<String> text = exchange.query("pipeline");
        if (text.isEmpty()) {
            return List.of();
        }
        Location place = Location.ROOT.child("pipeline");
        List<Document> stages = new ArrayList<>();
        if (!(ExtendedJson.readValue(text.get()) instanceof ArrayValue array)) {
            throw wrong("A pipeline is an array of stages", "pipeline", text.get());
        }
        for (Value stage : array) {
            if (!(stage instanceof Document document)) {
                throw new SmilodonException(
                                ErrorCode.TYPE_MISMATCH,
                                "Each element of the 'pipeline' array must be an object")
                        .at(place);
            }
            stages.add(document);
        }
        return stages;
    }

    private static WatchOptions options(Exchange exchange) {
        Document options = beginning(exchange);
        for (String name : List.of("fullDocument", "fullDocumentBeforeChange")) {
            Optional<String> value = exchange.query(name);
            if (value.isPresent()) {
                options = options.with(name, Value.of(value.get()));
            }
        }
        boolean isExpanded = exchange.query("showExpandedEvents").map("true"::equals).orElse(false);
        OptionalInt asked = exchange.queryInt(Exchange.MAX_TIME);
        if (asked.isPresent()) {
            Requests.checkNotNegative(Exchange.MAX_TIME, asked.getAsInt());
        }
        Value maxTime = asked.isPresent() ? Value.of(asked.getAsInt()) : Missing.INSTANCE;
        return WatchParser.parse(
                        options.with("showExpandedEvents", Value.of(isExpanded)), Location.ROOT)
                .withEventTimeMax(Duration.ofMillis(Exchange.TIME_LIMITS.of(maxTime)));
    }

    /** A browser that comes again has the id of the last event and the address of the first. */
    private static Document beginning(Exchange exchange) {
        Optional<String> last = exchange.header("Last-Event-ID").filter(id -> !id.isEmpty());
        if (last.isPresent()) {
            return Document.of("startAfter", Document.of(TOKEN, Value.of(last.get())));
        }
        Document options = Document.EMPTY;
        for (String name : List.of("resumeAfter", "startAfter")) {
            Optional<String> token = exchange.query(name);
            if (token.isPresent()) {
                options = options.with(name, Document.of(TOKEN, Value.of(token.get())));
            }
        }
        Optional<String> time = exchange.query("startAt");
        return time.isPresent() ? options.with("startAtOperationTime", time(time.get())) : options;
    }

    private static Value time(String text) {
        try {
            return new TimestampValue((int) Instant.parse(text).getEpochSecond(), 0);
        } catch (DateTimeParseException malformed) {
            throw wrong(
                    "The parameter must be an instant as 2026-01-31T12:00:00Z", "startAt", text);
        }
    }

    private static SmilodonException wrong(String message, String name, String value) {
        return new SmilodonException(ErrorCode.FAILED_TO_PARSE, message, Map.of("value", value))
                .at(Location.ROOT.child(name));
    }

    /** Ends every stream and has its client told, so that nobody keeps the server from stopping. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            open.forEach(ChangeStream::close);
            long nanos = TimeUnit.MILLISECONDS.toNanos(END_MILLIS_MAX);
            while (!open.isEmpty() && nanos > 0) {
                nanos = left.awaitNanos(nanos);
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
