package io.smilodon.rest;

import io.smilodon.database.Requests;
import io.smilodon.database.stream.WatchOptions;
import io.smilodon.database.stream.WatchParser;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Missing;
import io.smilodon.engine.value.TimestampValue;
import io.smilodon.engine.value.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the query string of a watch asks for.
 *
 * @param pipeline stages that each event goes through
 * @param options where it begins, and what events hold
 */
record WatchRequest(List<Document> pipeline, WatchOptions options) {

    static final String TOKEN = "_data";

    WatchRequest {
        pipeline = List.copyOf(pipeline);
    }

    static WatchRequest of(Exchange exchange) {
        return new WatchRequest(pipeline(exchange), options(exchange));
    }

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
}
