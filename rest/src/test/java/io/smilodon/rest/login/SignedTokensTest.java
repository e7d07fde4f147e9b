package io.smilodon.rest.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import io.smilodon.security.RoleName;
import io.smilodon.security.UserName;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tokens are believed, and of whom they are. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SignedTokensTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final KeyPair RSA = pair("RSA");
    private static final KeyPair CURVE = pair("EC");

    @TempDir private Path directory;

    private static KeyPair pair(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else {
                generator.initialize(2_048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("keys"), text);
    }

    private SignedTokens tokens(String keys) throws IOException {
        return SignedTokens.of(JwtOptions.of(file(keys)), Clock.systemUTC());
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static Algorithm rsa() {
        return Algorithm.RSA256((RSAPublicKey) RSA.getPublic(), (RSAPrivateKey) RSA.getPrivate());
    }

    private static Algorithm curve() {
        return Algorithm.ECDSA256(
                (ECPublicKey) CURVE.getPublic(), (ECPrivateKey) CURVE.getPrivate());
    }

    private static JWTCreator.Builder token() {
        return JWT.create().withSubject("ann").withExpiresAt(Instant.now().plusSeconds(300));
    }

    private static String base64(BigInteger number) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(number.toByteArray());
    }

    private static String set() {
        RSAPublicKey rsa = (RSAPublicKey) RSA.getPublic();
        ECPublicKey curve = (ECPublicKey) CURVE.getPublic();
        return """
        {"keys": [
          {"kty": "RSA", "kid": "enc", "use": "enc", "n": "%1$s", "e": "%2$s"},
          {"kty": "OKP", "kid": "other", "crv": "Ed25519", "x": "AA"},
          {"kty": "RSA", "kid": "r", "alg": "RS256", "use": "sig", "n": "%1$s", "e": "%2$s"},
          {"kty": "EC", "kid": "c", "crv": "P-256", "x": "%3$s", "y": "%4$s"},
          {"kty": "oct", "kid": "s", "k": "%5$s"}]}
        """
                .formatted(
                        base64(rsa.getModulus()),
                        base64(rsa.getPublicExponent()),
                        base64(curve.getW().getAffineX()),
                        base64(curve.getW().getAffineY()),
                        Base64.getUrlEncoder()
                                .encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)));
    }

    private static void assertOf(String user, Optional<SignedTokens.Holder> found) {
        assertEquals(
                Optional.of(new UserName(user, "$external")), found.map(SignedTokens.Holder::user));
    }

    @Test
    void each_kind_of_key_verifies_its_tokens() throws IOException {
        assertOf("ann", tokens(SECRET + "\n").verify(token().sign(Algorithm.HMAC256(SECRET))));
        assertOf("ann", tokens(pem(RSA)).verify(token().sign(rsa())));
        assertOf("ann", tokens(pem(CURVE)).verify(token().sign(curve())));
    }

    @Test
    void a_set_has_a_key_for_each_name() throws IOException {
        SignedTokens tokens = tokens(set());
        assertOf("ann", tokens.verify(token().withKeyId("r").sign(rsa())));
        assertOf("ann", tokens.verify(token().withKeyId("c").sign(curve())));
        assertOf("ann", tokens.verify(token().withKeyId("s").sign(Algorithm.HMAC256(SECRET))));
        assertOf("ann", tokens.verify(token().sign(rsa())));
        assertTrue(tokens.verify(token().withKeyId("enc").sign(rsa())).isEmpty());
        assertTrue(tokens.verify(token().withKeyId("c").sign(rsa())).isEmpty());
    }

    /** The attack that made tokens famous: the public key, which anybody has, as a secret. */
    @Test
    void a_public_key_is_no_secret() throws IOException {
        byte[] encoded = RSA.getPublic().getEncoded();
        SignedTokens tokens = tokens(pem(RSA));
        for (byte[] secret : List.of(encoded, pem(RSA).getBytes(StandardCharsets.UTF_8))) {
            assertTrue(tokens.verify(token().sign(Algorithm.HMAC256(secret))).isEmpty());
        }
    }

    @Test
    void unsigned_tokens_mean_nothing() throws IOException {
        String none = token().sign(Algorithm.none());
        for (String keys : List.of(SECRET, pem(RSA), set())) {
            assertTrue(tokens(keys).verify(none).isEmpty());
        }
    }

    @Test
    void what_was_changed_or_signed_by_others_means_nothing() throws IOException {
        String[] parts = token().sign(Algorithm.HMAC256(SECRET)).split("\\.");
        String other =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                "{\"sub\":\"root\",\"exp\":9999999999}"
                                        .getBytes(StandardCharsets.UTF_8));
        SignedTokens tokens = tokens(SECRET);
        assertTrue(tokens.verify(parts[0] + "." + other + "." + parts[2]).isEmpty());
        assertTrue(tokens.verify(token().sign(Algorithm.HMAC256("x".repeat(32)))).isEmpty());
        for (String broken : List.of("", "a.b.c", "..", "é.é.é", parts[0] + "." + parts[1] + ".")) {
            assertTrue(tokens.verify(broken).isEmpty(), broken);
        }
    }

    @Test
    void a_token_counts_in_its_time_only() throws IOException {
        Algorithm secret = Algorithm.HMAC256(SECRET);
        SignedTokens tokens = tokens(SECRET);
        Instant now = Instant.now();
        assertTrue(tokens.verify(JWT.create().withSubject("ann").sign(secret)).isEmpty());
        String endless = JWT.create().withSubject("ann").withNullClaim("exp").sign(secret);
        assertTrue(tokens.verify(endless).isEmpty());
        assertTrue(
                tokens.verify(token().withExpiresAt(now.minusSeconds(90)).sign(secret)).isEmpty());
        assertTrue(
                tokens.verify(token().withNotBefore(now.plusSeconds(90)).sign(secret)).isEmpty());
        assertOf("ann", tokens.verify(token().withExpiresAt(now.minusSeconds(30)).sign(secret)));
    }

    @Test
    void issuer_and_audience_are_as_told() throws IOException {
        Algorithm secret = Algorithm.HMAC256(SECRET);
        JwtOptions options = JwtOptions.of(file(SECRET)).withIssuer("idp").withAudience("db");
        SignedTokens tokens = SignedTokens.of(options, Clock.systemUTC());
        assertOf(
                "ann",
                tokens.verify(token().withIssuer("idp").withAudience("x", "db").sign(secret)));
        assertTrue(tokens.verify(token().withIssuer("idp").sign(secret)).isEmpty());
        assertTrue(tokens.verify(token().withAudience("db").sign(secret)).isEmpty());
        assertTrue(
                tokens.verify(token().withIssuer("other").withAudience("db").sign(secret))
                        .isEmpty());
    }

    /** What comes first is somebody else's, for those who read it so. */
    @Test
    void what_is_said_twice_is_not_believed() throws IOException {
        long end = Instant.now().plusSeconds(300).getEpochSecond();
        String header = "{\"alg\": \"HS256\"}";
        String once = "\"sub\": \"ann\", \"exp\": " + end;
        SignedTokens tokens = tokens(SECRET);
        assertOf("ann", tokens.verify(written(header, "{" + once + "}")));
        for (String payload :
                List.of(
                        "{\"sub\": \"bob\", " + once + "}",
                        "{" + once + ", \"\\u0073ub\": \"ann\"}",
                        "{" + once + ", \"roles\": [{\"role\": \"read\", \"role\": \"root\"}]}",
                        "{" + once + "} {\"sub\": \"bob\"}")) {
            assertTrue(tokens.verify(written(header, payload)).isEmpty(), payload);
        }
        String twice = "{\"alg\": \"none\", \"alg\": \"HS256\"}";
        assertTrue(tokens.verify(written(twice, "{" + once + "}")).isEmpty());
    }

    private static String written(String header, String payload) {
        String signed = base64(header) + "." + base64(payload);
        byte[] signature =
                Algorithm.HMAC256(SECRET)
                        .sign(
                                base64(header).getBytes(StandardCharsets.UTF_8),
                                base64(payload).getBytes(StandardCharsets.UTF_8));
        return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void time_is_told_by_the_clock_that_is_given() throws IOException {
        String token = token().sign(Algorithm.HMAC256(SECRET));
        JwtOptions options = JwtOptions.of(file(SECRET));
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(7));
        assertTrue(SignedTokens.of(options, later).verify(token).isEmpty());
        Clock early = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        assertOf("ann", SignedTokens.of(options, early).verify(token));
    }

    @Test
    void roles_are_names_or_documents() throws IOException {
        String token =
                token().withClaim(
                                "roles",
                                List.of(
                                        "read@shop",
                                        "root",
                                        Map.of("role", "readWrite", "db", "blog"),
                                        Map.of("role", "half"),
                                        7))
                        .sign(Algorithm.HMAC256(SECRET));
        assertEquals(
                Set.of(
                        new RoleName("read", "shop"),
                        new RoleName("root", "admin"),
                        new RoleName("readWrite", "blog")),
                tokens(SECRET).verify(token).orElseThrow().roles());
        assertEquals(
                Set.of(),
                tokens(SECRET)
                        .verify(token().withClaim("roles", "root").sign(Algorithm.HMAC256(SECRET)))
                        .orElseThrow()
                        .roles());
        assertTrue(
                tokens(SECRET)
                        .verify(token().withSubject("").sign(Algorithm.HMAC256(SECRET)))
                        .isEmpty());
    }

    @Test
    void weak_and_unreadable_keys_are_refused_without_telling_them() throws IOException {
        for (String keys :
                List.of(
                        "short secret",
                        "{\"keys\": []}",
                        "{\"keys\": [{\"kty\": \"oct\", \"k\": \"c2hvcnQ\"}]}",
                        "{\"keys\": [{\"kty\": \"RSA\", \"n\": \"AQAB\", \"e\": \"AQAB\"}]}",
                        "{\"keys\"",
                        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")) {
            IllegalArgumentException failure =
                    assertThrows(IllegalArgumentException.class, () -> tokens(keys));
            assertTrue(!failure.getMessage().contains("short secret"), failure.getMessage());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> SignedTokens.of(JwtOptions.of(directory.resolve("none")), Clock.systemUTC()));
    }
}
