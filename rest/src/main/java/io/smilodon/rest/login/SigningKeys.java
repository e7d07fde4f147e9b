package io.smilodon.rest.login;

import com.auth0.jwt.algorithms.Algorithm;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The keys that tokens are verified by. Each belongs to one algorithm, whatever a token says of
 * itself: a public key is never taken for a secret. Pure functions.
 */
final class SigningKeys {

    private static final int SECRET_BYTES_MIN = 32;
    private static final int RSA_BITS_MIN = 2_048;
    private static final long FILE_BYTES_MAX = 1 << 20;
    private static final String CURVE = "P-256";
    private static final String CURVE_OF_JAVA = "secp256r1";
    private static final String PEM = "-----BEGIN PUBLIC KEY-----";
    private static final String PEM_END = "-----END PUBLIC KEY-----";

    private SigningKeys() {}

    /**
     * A key.
     *
     * @param id its name in a set; empty if it has none
     */
    record Key(Optional<String> id, Algorithm algorithm) {}

    /**
     * Reads a file of keys.
     *
     * @throws IllegalArgumentException if it cannot be used; what is in it is not told
     */
    static List<Key> read(Path file) {
        byte[] bytes = bytes(file);
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        try {
            List<Key> keys =
                    text.startsWith("{")
                            ? ofSet(ExtendedJson.readDocument(text))
                            : List.of(new Key(Optional.empty(), single(text, bytes)));
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("it has no key to verify signatures by");
            }
            return keys;
        } catch (IllegalArgumentException | GeneralSecurityException | SmilodonException broken) {
            throw new IllegalArgumentException(
                    "the keys in " + file + " cannot be used: " + broken.getMessage(), broken);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new IllegalArgumentException("the file " + file + " is too large for keys");
            }
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new IllegalArgumentException("the keys cannot be read: " + failure, failure);
        }
    }

    private static Algorithm single(String text, byte[] bytes) throws GeneralSecurityException {
        if (text.startsWith(PEM) && text.endsWith(PEM_END)) {
            String encoded = text.substring(PEM.length(), text.length() - PEM_END.length());
            return ofPublicKey(Base64.getMimeDecoder().decode(encoded));
        }
        if (text.startsWith("-----")) {
            throw new IllegalArgumentException("of PEM only a PUBLIC KEY is read");
        }
        return ofSecret(withoutLineEnd(bytes));
    }

    private static byte[] withoutLineEnd(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r')) {
            end--;
        }
        return Arrays.copyOf(bytes, end);
    }

    private static Algorithm ofPublicKey(byte[] encoded) throws GeneralSecurityException {
        KeySpec specification = new X509EncodedKeySpec(encoded);
        try {
            return ofRsa(
                    (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(specification));
        } catch (InvalidKeySpecException other) {
            return ofCurve(
                    (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(specification));
        }
    }

    private static Algorithm ofSecret(byte[] secret) {
        if (secret.length < SECRET_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "a secret has at least " + SECRET_BYTES_MIN + " bytes");
        }
        return Algorithm.HMAC256(secret);
    }

    private static Algorithm ofRsa(RSAPublicKey key) {
        if (key.getModulus().bitLength() < RSA_BITS_MIN) {
            throw new IllegalArgumentException("an RSA key has at least " + RSA_BITS_MIN + " bits");
        }
        return Algorithm.RSA256(key);
    }

    private static Algorithm ofCurve(ECPublicKey key) throws GeneralSecurityException {
        if (!key.getParams().getCurve().equals(curve().getCurve())) {
            throw new IllegalArgumentException("the curve of a key is " + CURVE);
        }
        return Algorithm.ECDSA256(key);
    }

    private static ECParameterSpec curve() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(CURVE_OF_JAVA));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    /** Keys of other kinds or for other uses are passed over: sets have them for others. */
    private static List<Key> ofSet(Document set) throws GeneralSecurityException {
        List<Key> keys = new ArrayList<>();
        if (set.get("keys") instanceof ArrayValue members) {
            for (Value member : members) {
                if (member instanceof Document key && isForSignatures(key)) {
                    Optional<Algorithm> algorithm = ofMember(key);
                    if (algorithm.isPresent()) {
                        keys.add(new Key(text(key, "kid"), algorithm.get()));
                    }
                }
            }
        }
        return keys;
    }

    private static boolean isForSignatures(Document key) {
        return text(key, "use").map("sig"::equals).orElse(true);
    }

    private static Optional<Algorithm> ofMember(Document key) throws GeneralSecurityException {
        String kind = text(key, "kty").orElse("");
        String expected = kind.equals("RSA") ? "RS256" : kind.equals("EC") ? "ES256" : "HS256";
        if (!text(key, "alg").orElse(expected).equals(expected)) {
            return Optional.empty();
        }
        if (kind.equals("RSA")) {
            KeySpec rsa = new RSAPublicKeySpec(number(key, "n"), number(key, "e"));
            return Optional.of(
                    ofRsa((RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(rsa)));
        }
        if (kind.equals("EC") && text(key, "crv").orElse("").equals(CURVE)) {
            ECPoint point = new ECPoint(number(key, "x"), number(key, "y"));
            KeySpec curve = new ECPublicKeySpec(point, curve());
            return Optional.of(
                    ofCurve((ECPublicKey) KeyFactory.getInstance("EC").generatePublic(curve)));
        }
        return kind.equals("oct") ? Optional.of(ofSecret(decoded(key, "k"))) : Optional.empty();
    }

    private static BigInteger number(Document key, String field) {
        return new BigInteger(1, decoded(key, field));
    }

    private static byte[] decoded(Document key, String field) {
        return Base64.getUrlDecoder()
                .decode(
                        text(key, field)
                                .orElseThrow(
                                        () ->
                                                new IllegalArgumentException(
                                                        "a key lacks its field " + field)));
    }

    private static Optional<String> text(Document document, String field) {
        return document.get(field) instanceof StringValue text
                ? Optional.of(text.value())
                : Optional.empty();
    }
}
