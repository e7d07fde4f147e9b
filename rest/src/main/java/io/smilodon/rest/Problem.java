package io.smilodon.rest;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.Location;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An error as RFC 9457 tells it, with MongoDB's number and name.
 *
 * @param status the HTTP status
 * @param body the problem document
 */
record Problem(int status, Document body) {

    /** Operations that hold much memory, or that others wait for, seldom last longer. */
    private static final int RETRY_SECONDS = 1;

    /** A detail that says otherwise. */
    private static final String RETRY_AFTER = "retryAfterSeconds";

    private static final String CHALLENGE = "Basic realm=\"smilodon\", charset=\"UTF-8\", Bearer";

    private static final Set<Value> RETRIED_CODES =
            Set.of(Value.of(ErrorCode.TEMPORARILY_UNAVAILABLE.number()), Value.of(462));

    static final String MEDIA_TYPE = "application/problem+json; charset=utf-8";

    private static final Map<Integer, Integer> STATUS_BY_CODE =
            Map.ofEntries(
                    Map.entry(1, 500),
                    Map.entry(4, 404),
                    Map.entry(13, 403),
                    Map.entry(18, 401),
                    Map.entry(26, 404),
                    Map.entry(27, 404),
                    Map.entry(43, 404),
                    Map.entry(48, 409),
                    Map.entry(50, 408),
                    Map.entry(59, 404),
                    Map.entry(85, 409),
                    Map.entry(86, 409),
                    Map.entry(91, 503),
                    Map.entry(112, 409),
                    Map.entry(117, 409),
                    Map.entry(121, 422),
                    Map.entry(175, 404),
                    Map.entry(251, 404),
                    Map.entry(256, 409),
                    Map.entry(257, 413),
                    Map.entry(290, 408),
                    Map.entry(365, 503),
                    Map.entry(366, 500),
                    Map.entry(391, 401),
                    Map.entry(462, 429),
                    Map.entry(10334, 413),
                    Map.entry(11000, 409),
                    Map.entry(11601, 499),
                    Map.entry(14031, 503));

    /** Details that name things of the machine and stay on it. */
    private static final Set<String> PRIVATE_DETAILS = Set.of("path", "file", "directory");

    static Problem of(SmilodonException failure) {
        ErrorCode code = failure.code();
        int status = STATUS_BY_CODE.getOrDefault(code.number(), 400);
        DocumentBuilder body =
                Document.builder()
                        .put("type", "/problems/" + kebab(code.name()))
                        .put("title", failure.template())
                        .put("status", status)
                        .put("code", code.number())
                        .put("codeName", code.name());
        failure.location().map(Location::pointer).ifPresent(at -> body.put("pointer", at));
        failure.hint().ifPresent(hint -> body.put("hint", hint));
        if (!failure.labels().isEmpty()) {
            List<Value> labels = failure.labels().stream().map(Value::of).toList();
            body.put("errorLabels", ArrayValue.of(labels));
        }
        DocumentBuilder details = Document.builder();
        failure.details()
                .forEach(
                        (name, value) -> {
                            if (!PRIVATE_DETAILS.contains(name)) {
                                details.put(name, json(value));
                            }
                        });
        Document shown = details.build();
        if (!shown.isEmpty()) {
            body.put("details", shown);
        }
        return new Problem(status, body.build());
    }

    /** What a client is told of a mistake of ours; the log says more. */
    static SmilodonException bug() {
        return new SmilodonException(ErrorCode.INTERNAL_ERROR, "The server has made a mistake")
                .withHint("see its log");
    }

    /** Only who logs in gets an answer. */
    static Problem strangers() {
        ErrorCode code = ErrorCode.UNAUTHORIZED;
        Problem problem = ofHttp(401, "Authentication required", "log in: see /docs");
        return new Problem(
                401,
                problem.body()
                        .with("code", Value.of(code.number()))
                        .with("codeName", Value.of(code.name())));
    }

    /** A problem of HTTP itself, which MongoDB has no number for. */
    static Problem ofHttp(int status, String title, String hint) {
        DocumentBuilder body =
                Document.builder()
                        .put("type", "about:blank")
                        .put("title", title)
                        .put("status", status);
        if (!hint.isEmpty()) {
            body.put("hint", hint);
        }
        return new Problem(status, body.build());
    }

    /** What a client may do about it: how to log in, or after how many seconds to try again. */
    Map<String, String> headers() {
        if (status == 401) {
            return Map.of("WWW-Authenticate", CHALLENGE);
        }
        if (!RETRIED_CODES.contains(body.get("code"))) {
            return Map.of();
        }
        long seconds =
                body.get("details") instanceof Document details
                                && details.get(RETRY_AFTER) instanceof NumberValue told
                        ? told.toLong()
                        : RETRY_SECONDS;
        return Map.of("Retry-After", Long.toString(seconds));
    }

    private static Value json(Object detail) {
        return switch (detail) {
            case Value value -> value;
            case Boolean flag -> Value.of(flag);
            case Integer number -> Value.of(number);
            case Long number -> Value.of(number);
            case Double number -> Value.of(number);
            case List<?> list -> ArrayValue.of(list.stream().map(Problem::json).toList());
            default -> Value.of(detail.toString());
        };
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
