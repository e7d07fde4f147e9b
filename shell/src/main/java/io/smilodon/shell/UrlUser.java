package io.smilodon.shell;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The user whom a server's URL names: {@code http://ann:secret@host:7400/}. Pure functions. */
final class UrlUser {

    private UrlUser() {}

    /**
     * The URL with another user, whose password it does not tell.
     *
     * @throws ShellException if no URL can name such a user
     */
    static URI with(URI server, String user) {
        if (user.contains(":")) {
            throw new ShellException("a name with a colon cannot log in over HTTP");
        }
        return of(server, Optional.of(user));
    }

    /** The URL as it may be shown. */
    static URI without(URI server) {
        return server.getRawUserInfo() == null ? server : of(server, Optional.empty());
    }

    private static URI of(URI server, Optional<String> user) {
        try {
            return new URI(
                    server.getScheme(),
                    user.orElse(null),
                    server.getHost(),
                    server.getPort(),
                    server.getPath(),
                    server.getQuery(),
                    null);
        } catch (URISyntaxException malformed) {
            throw new ShellException(malformed.getMessage());
        }
    }

    /**
     * How its user logs in with each request; empty if it names nobody.
     *
     * @param password asks for the password if the URL has none
     */
    static Optional<String> authorization(URI server, PasswordSource password) {
        String named = server.getRawUserInfo();
        if (named == null) {
            return Optional.empty();
        }
        int colon = named.indexOf(':');
        String user = decoded(colon < 0 ? named : named.substring(0, colon));
        String secret = colon < 0 ? password.read() : decoded(named.substring(colon + 1));
        byte[] bytes = (user + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(bytes));
    }

    /** Whoever knows a password, such as somebody at the keyboard. */
    @FunctionalInterface
    interface PasswordSource {

        String read();
    }

    /** A plus sign stands for itself in this part of a URL. */
    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
