package io.smilodon.rest;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.store.Precondition;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** Versions of documents as entity tags, and conditional headers as preconditions (RFC 9110). */
final class ETags {

    private ETags() {}

    static String of(long version) {
        return "\"" + version + "\"";
    }

    /** Whether the header's list of tags holds this one, or is a star. */
    static boolean match(String header, String tag) {
        return Arrays.stream(header.split(","))
                .map(String::strip)
                .anyMatch(each -> each.equals("*") || each.equals(tag));
    }

    static Precondition precondition(Exchange exchange) {
        Optional<String> ifMatch = exchange.header("If-Match");
        if (ifMatch.isPresent()) {
            return ifMatch.get().equals("*")
                    ? Precondition.PRESENT
                    : Precondition.version(version(ifMatch.get().strip()));
        }
        Optional<String> ifNoneMatch = exchange.header("If-None-Match");
        if (ifNoneMatch.isEmpty()) {
            return Precondition.NONE;
        }
        if (!ifNoneMatch.get().equals("*")) {
            throw malformed("If-None-Match", ifNoneMatch.get(), "* on a request that writes");
        }
        return Precondition.ABSENT;
    }

    private static long version(String tag) {
        try {
            return Long.parseLong(tag.replaceAll("^\"|\"$", ""));
        } catch (NumberFormatException e) {
            throw malformed("If-Match", tag, "one ETag as this server gave it, or *");
        }
    }

    private static SmilodonException malformed(String header, String value, String expected) {
        return new SmilodonException(
                ErrorCode.BAD_VALUE,
                "The conditional header is not understood",
                Map.of("header", header, "value", value, "expected", expected));
    }
}
