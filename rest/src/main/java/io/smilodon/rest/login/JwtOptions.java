package io.smilodon.rest.login;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which tokens of others a server believes.
 *
 * @param keys a file with what they are verified by: a JSON Web Key Set, a public key of RSA or of
 *     the curve P-256 in PEM, or, if it is neither, the bytes of a secret of HS256
 * @param issuer who must have issued them; empty for anyone who has the key
 * @param audience for whom they must be meant; empty for anyone
 */
public record JwtOptions(Path keys, Optional<String> issuer, Optional<String> audience) {

    /** The claim that names the user. */
    public static final String USER_CLAIM = "sub";

    /** The claim that lists the user's roles. */
    public static final String ROLES_CLAIM = "roles";

    /** The database that users of tokens belong to, as in MongoDB. */
    public static final String DATABASE = "$external";

    public static JwtOptions of(Path keys) {
        return new JwtOptions(keys, Optional.empty(), Optional.empty());
    }

    public JwtOptions withIssuer(String name) {
        return new JwtOptions(keys, Optional.of(name), audience);
    }

    public JwtOptions withAudience(String name) {
        return new JwtOptions(keys, issuer, Optional.of(name));
    }
}
