package io.smilodon.rest;

import io.smilodon.database.Requests;
import io.smilodon.database.action.Body;
import io.smilodon.database.action.BodyRules;
import io.smilodon.database.action.FieldKind;
import io.smilodon.database.action.WriteConcern;
import io.smilodon.engine.bucket.Bucket;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a write in its query string, <code>w</code>, <code>j</code>, <code>wtimeout
 * </code>, <code>durability</code>, <code>requestId</code> and <code>maxTimeMS</code>, as the
 * fields that an action's body has for them. Others are refused: a misspelt one would be taken for
 * granted.
 */
final class WriteParameters {

    private static final Set<String> NAMES =
            Set.of(
                    "w",
                    "j",
                    "wtimeout",
                    "durability",
                    "requestId",
                    Exchange.MAX_TIME,
                    "jsonMode",
                    "ordered");

    /** Those of a write to a bucket, as fields. */
    private static final BodyRules BUCKET_RULES =
            WriteConcern.rules(BodyRules.builder())
                    .optional(FieldKind.NUMBER, Exchange.MAX_TIME)
                    .build();

    private WriteParameters() {}

    /** Declares them. */
    static Route.Builder declare(Route.Builder route) {
        return declareForBucket(route)
                .parameter("requestId", "a repetition with the same id has no second effect");
    }

    /** Declares those of a write to a bucket, which {@code If-Match} keeps from being repeated. */
    static Route.Builder declareForBucket(Route.Builder route) {
        return route.parameter("w", "write concern: 0, 1 or majority, which are the same here")
                .parameter("j", "true: on the disk before the answer")
                .parameter("wtimeout", "milliseconds; nothing is waited for on one member")
                .parameter("durability", "sync, interval or none; never less than configured")
                .parameter(Exchange.MAX_TIME, "milliseconds; 60000 unless given, an hour at most");
    }

    /** The fields for what is asked; none if nothing is. */
    static Document of(Exchange exchange) {
        exchange.requireParameters(NAMES);
        return fields(exchange);
    }

    /** The bucket, to be written as durably and within the time that a request asks for. */
    static Bucket applied(Bucket bucket, Exchange exchange) {
        Document fields = fields(exchange);
        Body asked = BUCKET_RULES.check(fields, Location.ROOT);
        Requests.checkNotNegative(Exchange.MAX_TIME, asked.number(Exchange.MAX_TIME));
        return bucket.with(WriteConcern.options(asked).atLeast())
                .within(Exchange.TIME_LIMITS.of(fields.get(Exchange.MAX_TIME)));
    }

    private static Document fields(Exchange exchange) {
        DocumentBuilder fields = Document.builder();
        Document concern = concern(exchange);
        if (!concern.isEmpty()) {
            fields.put("writeConcern", concern);
        }
        exchange.query("durability").ifPresent(text -> fields.put("durability", text));
        exchange.query("requestId").ifPresent(text -> fields.put("requestId", text));
        exchange.queryInt(Exchange.MAX_TIME)
                .ifPresent(millis -> fields.put(Exchange.MAX_TIME, millis));
        return fields.build();
    }

    private static Document concern(Exchange exchange) {
        DocumentBuilder concern = Document.builder();
        exchange.query("w").ifPresent(text -> concern.put("w", members(text)));
        exchange.query("j").ifPresent(text -> concern.put("j", flag(text)));
        exchange.queryInt("wtimeout").ifPresent(millis -> concern.put("wtimeout", millis));
        return concern.build();
    }

    private static Value members(String text) {
        return text.matches("-?[0-9]{1,9}") ? Value.of(Integer.parseInt(text)) : Value.of(text);
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new SmilodonException(
                                    ErrorCode.FAILED_TO_PARSE,
                                    "The parameter must be true or false",
                                    Map.of("parameter", "j", "value", text))
                            .at(Location.ROOT.child("j"));
        };
    }

    /** Whether a repetition of the request is to have no second effect. */
    static Optional<String> requestId(Exchange exchange) {
        return exchange.query("requestId");
    }
}
