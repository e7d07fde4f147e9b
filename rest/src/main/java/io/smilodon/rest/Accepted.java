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
                        .or(
                                () ->
                                        exchange.header("Accept")
                                                .flatMap(accept -> parameter(accept, "mode=")))
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

    /** Smile where it is named, unless JSON is named too and wanted as much. */
    static Notation notation(Exchange exchange) {
        String accept = exchange.header("Accept").orElse("");
        double smile = quality(accept, Notation.SMILE);
        return smile > 0 && smile > quality(accept, Notation.JSON) ? Notation.SMILE : Notation.JSON;
    }

    /** How much a notation is wanted that is named, from 0 to 1; 0 for one that is not. */
    private static double quality(String accept, Notation notation) {
        for (String range : accept.split(",")) {
            String[] parts = range.split(";");
            if (parts[0].strip().equalsIgnoreCase(notation.mediaType())) {
                return parameter(range, "q=").map(Accepted::quality).orElse(1.0);
            }
        }
        return 0;
    }

    private static double quality(String number) {
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }

    private static Optional<String> parameter(String accept, String prefix) {
        for (String part : accept.split("[;,]")) {
            String trimmed = part.strip();
            if (trimmed.startsWith(prefix)) {
                return Optional.of(trimmed.substring(prefix.length()));
            }
        }
        return Optional.empty();
    }
}
