package io.smilodon.rest;

import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.util.Map;
import java.util.Optional;

/** In which form a client wants its answer. */
final class Accepted {

    private Accepted() {}

    /**
     * How values are written as JSON: as the query string, else the Accept header asks.
     *
     * @throws SmilodonException {@code BadValue} for a mode that there is not
     */
    static JsonMode mode(Exchange exchange) {
        String wanted =
                exchange.query("jsonMode")
                        .or(() -> exchange.header("Accept").flatMap(Accepted::modeParameter))
                        .orElse("relaxed");
        return switch (wanted) {
            case "relaxed" -> JsonMode.RELAXED;
            case "canonical" -> JsonMode.CANONICAL;
            case "plain" -> JsonMode.PLAIN;
            default ->
                    throw new SmilodonException(
                                    ErrorCode.BAD_VALUE,
                                    "Unknown mode of JSON",
                                    Map.of("mode", wanted))
                            .withHint("relaxed, canonical or plain");
        };
    }

    private static Optional<String> modeParameter(String accept) {
        for (String part : accept.split("[;,]")) {
            String trimmed = part.strip();
            if (trimmed.startsWith("mode=")) {
                return Optional.of(trimmed.substring(5));
            }
        }
        return Optional.empty();
    }
}
