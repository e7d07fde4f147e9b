package io.smilodon.security.scram;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Int32Value;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * What the server keeps instead of a password: enough to recognize who knows it, too little to log
 * in with, and slow to guess from. Immutable and thread-safe.
 */
public final class ScramCredentials {

    /**
     * Rounds of hashing, each time that somebody guesses: what OWASP asks for. MongoDB has 15,000.
     * Drivers hash once for all connections of a client.
     */
    public static final int ITERATIONS_DEFAULT = 600_000;

    /** The fewest that a password is stored with. */
    public static final int ITERATIONS_MIN = 100_000;

    /** The most: some seconds of hashing, on both sides. */
    public static final int ITERATIONS_MAX = 10_000_000;

    /** The fewest that RFC 7677 allows: credentials out of a MongoDB's dump may have them. */
    private static final int STORED_ITERATIONS_MIN = 4_096;

    /** Hashing takes a core for half a second: other work goes on beside it. */
    private static final Semaphore HASHING = new Semaphore(2);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ScramMechanism mechanism;
    private final int iterationCount;
    private final byte[] salt;
    private final byte[] storedKey;
    private final byte[] serverKey;

    private ScramCredentials(ScramMechanism mechanism, int iterationCount, byte[][] parts) {
        this.mechanism = mechanism;
        this.iterationCount = iterationCount;
        this.salt = parts[0];
        this.storedKey = parts[1];
        this.serverKey = parts[2];
    }

    /**
     * Those of a password, with a new salt. Two are made at a time; others wait.
     *
     * @param password as {@link ScramMechanism#prepared} has it
     * @throws SmilodonException {@code BadValue} for a number of iterations out of bounds
     */
    public static ScramCredentials of(ScramMechanism mechanism, String password, int iterations) {
        checkIterations(iterations);
        byte[] salt = new byte[mechanism.saltBytes()];
        RANDOM.nextBytes(salt);
        return of(mechanism, stretched(mechanism, password, salt, iterations), salt, iterations);
    }

    /**
     * Refuses numbers of iterations that passwords are not stored with.
     *
     * @throws SmilodonException {@code BadValue}
     */
    public static void checkIterations(int iterations) {
        if (iterations < ITERATIONS_MIN || iterations > ITERATIONS_MAX) {
            throw new SmilodonException(
                    ErrorCode.BAD_VALUE,
                    "The number of iterations is out of bounds",
                    Map.of(
                            "iterations", iterations,
                            "min", ITERATIONS_MIN,
                            "max", ITERATIONS_MAX));
        }
    }

    /**
     * Those that nobody has the password of, so that who does not exist is asked the same as who
     * does: the same salt whenever the name is the same.
     *
     * @param secret of the store: nobody else can tell such a salt from others
     */
    public static ScramCredentials ofNobody(
            ScramMechanism mechanism, byte[] secret, String user, int iterations) {
        byte[] made = ScramMechanism.SHA_256.hmac(secret, mechanism.label() + user);
        byte[] key = new byte[mechanism.hashBytes()];
        RANDOM.nextBytes(key);
        byte[][] parts = {Arrays.copyOf(made, mechanism.saltBytes()), key, key};
        return new ScramCredentials(mechanism, iterations, parts);
    }

    /** Those of a known salt, for tests by the vectors of the RFCs. */
    static ScramCredentials of(
            ScramMechanism mechanism, byte[] stretched, byte[] salt, int iterations) {
        byte[] storedKey = mechanism.hash(mechanism.hmac(stretched, "Client Key"));
        byte[][] parts = {salt, storedKey, mechanism.hmac(stretched, "Server Key")};
        return new ScramCredentials(mechanism, iterations, parts);
    }

    private static byte[] stretched(
            ScramMechanism mechanism, String password, byte[] salt, int iterations) {
        HASHING.acquireUninterruptibly();
        try {
            return mechanism.stretched(password, salt, iterations);
        } finally {
            HASHING.release();
        }
    }

    /**
     * Reads what {@link #toDocument} wrote, or MongoDB.
     *
     * @throws SmilodonException {@code BadValue} if it is nothing of the kind
     */
    public static ScramCredentials read(ScramMechanism mechanism, Document stored) {
        if (!(stored.get("iterationCount") instanceof Int32Value count)
                || count.value() < STORED_ITERATIONS_MIN
                || count.value() > ITERATIONS_MAX) {
            throw unreadable(mechanism, "iterationCount");
        }
        byte[][] parts = {
            bytes(mechanism, stored, "salt", mechanism.saltBytes()),
            bytes(mechanism, stored, "storedKey", mechanism.hashBytes()),
            bytes(mechanism, stored, "serverKey", mechanism.hashBytes())
        };
        return new ScramCredentials(mechanism, count.value(), parts);
    }

    private static byte[] bytes(
            ScramMechanism mechanism, Document stored, String field, int length) {
        if (stored.get(field) instanceof StringValue text) {
            try {
                byte[] bytes = Base64.getDecoder().decode(text.value());
                if (bytes.length == length) {
                    return bytes;
                }
            } catch (IllegalArgumentException broken) {
                throw unreadable(mechanism, field);
            }
        }
        throw unreadable(mechanism, field);
    }

    private static SmilodonException unreadable(ScramMechanism mechanism, String field) {
        return new SmilodonException(
                ErrorCode.BAD_VALUE,
                "Stored credentials cannot be read",
                Map.of("mechanism", mechanism.label(), "field", field));
    }

    /** As MongoDB stores them. */
    public Document toDocument() {
        return Document.builder()
                .put("iterationCount", iterationCount)
                .put("salt", text(salt))
                .put("storedKey", text(storedKey))
                .put("serverKey", text(serverKey))
                .build();
    }

    private static Value text(byte[] bytes) {
        return Value.of(Base64.getEncoder().encodeToString(bytes));
    }

    /**
     * Whether this is the password; takes as long as hashing does.
     *
     * @param password as {@link ScramMechanism#prepared} has it
     */
    public boolean isOf(String password) {
        byte[] stretched = stretched(mechanism, password, salt, iterationCount);
        byte[] key = mechanism.hash(mechanism.hmac(stretched, "Client Key"));
        return MessageDigest.isEqual(storedKey, key);
    }

    /** The challenge: what a client needs, beside the password, to prove that it knows it. */
    String challenge() {
        return "s=" + Base64.getEncoder().encodeToString(salt) + ",i=" + iterationCount;
    }

    /** Whether this proves that its sender knows the password; in the same time if not. */
    boolean isProvenBy(byte[] proof, String conversation) {
        byte[] signature = mechanism.hmac(storedKey, conversation);
        byte[] clientKey = new byte[signature.length];
        for (int at = 0; at < Math.min(proof.length, signature.length); at++) {
            clientKey[at] = (byte) (proof[at] ^ signature[at]);
        }
        return MessageDigest.isEqual(storedKey, mechanism.hash(clientKey))
                & proof.length == signature.length;
    }

    /** What proves to the client that the server knows it. */
    String signature(String conversation) {
        return Base64.getEncoder().encodeToString(mechanism.hmac(serverKey, conversation));
    }
}
