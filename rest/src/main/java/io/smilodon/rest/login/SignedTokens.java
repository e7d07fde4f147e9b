package io.smilodon.rest.login;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.auth0.jwt.interfaces.Verification;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.security.LoginTerm;
import io.smilodon.security.RoleName;
import io.smilodon.security.UserName;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens that another server has issued: JSON Web Tokens (RFC 7519) signed by RS256, ES256 or
 * HS256. They say who somebody is and which roles that user has; the user need not be known here. A
 * token has to end some time; a minute is allowed for clocks that differ. One that has a name twice
 * somewhere is not to be believed. Thread-safe.
 */
public final class SignedTokens {

    private static final long LEEWAY_SECONDS = 60;

    /** Roles that one token may list. */
    private static final int ROLES_MAX = 1_000;

    private final List<Verifier> verifiers;
    private final Clock clock;

    private SignedTokens(List<Verifier> verifiers, Clock clock) {
        this.verifiers = verifiers;
        this.clock = clock;
    }

    private record Verifier(Optional<String> key, String algorithm, JWTVerifier verifier) {

        /** What a token says of itself decides only which keys are tried. */
        boolean isMeant(DecodedJWT token) {
            String named = token.getKeyId();
            return algorithm.equals(token.getAlgorithm())
                    && (named == null || key.isEmpty() || key.get().equals(named));
        }
    }

    /** Who a token is of, and for how long. */
    public record Holder(UserName user, Set<RoleName> roles, LoginTerm term) {}

    /**
     * Reads the keys.
     *
     * @param clock tells when a token begins and ends
     * @throws IllegalArgumentException if they cannot be used
     */
    public static SignedTokens of(JwtOptions options, Clock clock) {
        return new SignedTokens(
                SigningKeys.read(options.keys()).stream()
                        .map(key -> verifier(key, options, clock))
                        .toList(),
                clock);
    }

    private static Verifier verifier(SigningKeys.Key key, JwtOptions options, Clock clock) {
        Verification verification =
                JWT.require(key.algorithm())
                        .acceptLeeway(LEEWAY_SECONDS)
                        .withClaimPresence("exp")
                        .withClaimPresence(JwtOptions.USER_CLAIM);
        options.issuer().ifPresent(verification::withIssuer);
        options.audience().ifPresent(verification::withAudience);
        JWTVerifier verifier = ((JWTVerifier.BaseVerification) verification).build(clock);
        return new Verifier(key.id(), key.algorithm().getName(), verifier);
    }

    /** Whether something looks like such a token. */
    static boolean isOne(String token) {
        return token.chars().filter(letter -> letter == '.').count() == 2;
    }

    /** Who a token is of; empty if it is not to be believed. */
    public Optional<Holder> verify(String token) {
        try {
            DecodedJWT claimed = JWT.decode(token);
            for (Verifier one : verifiers) {
                if (one.isMeant(claimed) && isSignedBy(one, claimed)) {
                    return isOfOneMeaning(claimed) ? holder(claimed) : Optional.empty();
                }
            }
        } catch (JWTVerificationException malformed) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean isSignedBy(Verifier one, DecodedJWT claimed) {
        try {
            one.verifier.verify(claimed);
            return true;
        } catch (JWTVerificationException refused) {
            return false;
        }
    }

    /** Of a name that is there twice, the library takes the last value, and others the first. */
    private static boolean isOfOneMeaning(DecodedJWT token) {
        try {
            for (String part : List.of(token.getHeader(), token.getPayload())) {
                ExtendedJson.readDocument(Base64.getUrlDecoder().decode(part));
            }
            return true;
        } catch (SmilodonException twice) {
            return false;
        }
    }

    private Optional<Holder> holder(DecodedJWT token) {
        String user = token.getSubject();
        Instant end = token.getExpiresAtAsInstant(); // the claim may be there as null
        if (user == null || user.isEmpty() || end == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Holder(
                        new UserName(user, JwtOptions.DATABASE),
                        roles(token.getClaim(JwtOptions.ROLES_CLAIM)),
                        () -> !clock.instant().isAfter(end.plusSeconds(LEEWAY_SECONDS))));
    }

    /** Names such as {@code read@shop}, or documents of a role and its database. */
    private static Set<RoleName> roles(Claim claim) {
        Set<RoleName> roles = new LinkedHashSet<>();
        List<Object> listed = claim.asList(Object.class); // null if it is none
        for (Object role : listed == null ? List.of() : listed) {
            if (roles.size() < ROLES_MAX) {
                role(role).ifPresent(roles::add);
            }
        }
        return roles;
    }

    private static Optional<RoleName> role(Object written) {
        if (written instanceof String text) {
            int at = text.lastIndexOf('@');
            return Optional.of(
                    at < 0
                            ? new RoleName(text, "admin")
                            : new RoleName(text.substring(0, at), text.substring(at + 1)));
        }
        return written instanceof Map<?, ?> fields
                        && fields.get("role") instanceof String role
                        && fields.get("db") instanceof String database
                ? Optional.of(new RoleName(role, database))
                : Optional.empty();
    }
}
