package io.smilodon.rest.login;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How users log in over HTTP.
 *
 * @param jwt which tokens of others are believed; empty for none
 * @param firstTokenFile where the token is written by which the first user can be made, while there
 *     are none; empty for nowhere
 */
public record LoginOptions(Optional<JwtOptions> jwt, Optional<Path> firstTokenFile) {

    /** By passwords only, of users that are there. */
    public static final LoginOptions DEFAULTS =
            new LoginOptions(Optional.empty(), Optional.empty());

    public LoginOptions withJwt(JwtOptions options) {
        return new LoginOptions(Optional.of(options), firstTokenFile);
    }

    public LoginOptions withFirstTokenFile(Path file) {
        return new LoginOptions(jwt, Optional.of(file));
    }
}
