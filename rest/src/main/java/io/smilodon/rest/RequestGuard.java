package io.smilodon.rest;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps web pages of others away: a browser on this machine can reach the loopback address, so a
 * request must carry a Host that is ours, no foreign Origin, and, when it changes something, a body
 * type that a plain HTML form cannot send. Keeps requests with very many headers away, too.
 * Thread-safe.
 */
final class RequestGuard {

    /** Headers that a request may have; their bytes are limited by {@link Listeners}. */
    static final int HEADERS_MAX = 64;

    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Set<String> BODY_TYPES =
            Set.of(
                    Notation.JSON.mediaType(),
                    Notation.SMILE.mediaType(),
                    "application/x-ndjson",
                    "application/merge-patch+json",
                    "application/octet-stream",
                    "text/csv");

    private final Set<String> names = new HashSet<>(LOOPBACK_NAMES);
    private final int port;

    RequestGuard(RestOptions options, int port) {
        this.port = port;
        options.hosts().forEach(host -> names.add(host.toLowerCase(Locale.ROOT)));
        options.addresses().forEach(address -> names.add(bracketed(address)));
    }

    /** What is wrong with a request, if anything. */
    Optional<Problem> refusal(Exchange exchange, String method) {
        if (exchange.headerCount() > HEADERS_MAX) {
            return Optional.of(
                    Problem.ofHttp(
                            431, "The request has too many headers", HEADERS_MAX + " at most"));
        }
        String host = exchange.header("Host").orElse("");
        if (!isOurs(host)) {
            return Optional.of(
                    Problem.ofHttp(
                            421,
                            "The Host header names another server",
                            "start the server with --host NAME to let it answer to a name"));
        }
        Optional<String> origin = exchange.header("Origin");
        if (origin.isPresent() && !origin.get().equals("http://" + host)) {
            return Optional.of(
                    Problem.ofHttp(403, "Pages of other origins may not call this server", ""));
        }
        return bodyRefusal(exchange, method);
    }

    private static Optional<Problem> bodyRefusal(Exchange exchange, String method) {
        boolean changes = !method.equals("GET") && !method.equals("HEAD");
        String type = exchange.bodyType();
        boolean hasBody =
                exchange.header("Transfer-Encoding").isPresent()
                        || exchange.header("Content-Length")
                                .filter(n -> !n.equals("0"))
                                .isPresent();
        if (changes
                && !isBlob(exchange, method)
                && !isOwnForm(exchange)
                && (hasBody || !type.isEmpty())
                && !BODY_TYPES.contains(type)) {
            return Optional.of(
                    Problem.ofHttp(
                            415,
                            "A body of this type is not accepted",
                            RestheartFiles.takesForms(exchange.requestPath())
                                    ? "a file is sent by a form: curl -F file=@lake.jpg"
                                    : "send Content-Type: application/json"));
        }
        return Optional.empty();
    }

    /** A form cannot PUT, and a page of another origin must ask first; curl -T names no type. */
    private static boolean isBlob(Exchange exchange, String method) {
        return method.equals("PUT") && exchange.requestPath().startsWith(BucketRoutes.BLOBS);
    }

    /** Browsers say of a form that a page of another origin sends it, by Origin or by this. */
    private static boolean isOwnForm(Exchange exchange) {
        return exchange.bodyType().equals("multipart/form-data")
                && RestheartFiles.takesForms(exchange.requestPath())
                && isOfOwnPage(exchange);
    }

    /** Whether no browser says that a page of another origin sends it, which GETs say by this. */
    static boolean isOfOwnPage(Exchange exchange) {
        String site = exchange.header("Sec-Fetch-Site").orElse("none");
        return site.equals("none") || site.equals("same-origin");
    }

    private boolean isOurs(String host) {
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']');
        String name = hasPort ? host.substring(0, colon) : host;
        boolean rightPort = !hasPort || host.substring(colon + 1).equals(Integer.toString(port));
        return rightPort && names.contains(name.toLowerCase(Locale.ROOT));
    }

    private static String bracketed(String address) {
        return address.contains(":") ? "[" + address + "]" : address;
    }
}
