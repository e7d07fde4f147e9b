package io.smilodon.security.scram;

import io.smilodon.index.collation.SaslPrep;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A way to show that one knows a password without telling it: RFC 5802, by one of two hash
 * functions.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5802">RFC 5802</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7677">RFC 7677</a>
 */
public enum ScramMechanism {
    /**
     * For drivers from before 2018: its password is the MD5 digest that MongoDB has always sent.
     */
    SHA_1("SCRAM-SHA-1", "SHA-1", 20) {
        @Override
        public String prepared(String user, String password) {
            byte[] text = (user + ":mongo:" + password).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(digest("MD5", text));
        }
    },

    /** What every driver of today prefers. */
    SHA_256("SCRAM-SHA-256", "SHA-256", 32) {
        @Override
        public String prepared(String user, String password) {
            return SaslPrep.prepare(password);
        }
    };

    /** What PBKDF2 appends to the salt. */
    private static final int BLOCK_NUMBER_BYTES = 4;

    private final String label;
    private final String hashName;
    private final int hashBytes;

    ScramMechanism(String label, String hashName, int hashBytes) {
        this.label = label;
        this.hashName = hashName;
        this.hashBytes = hashBytes;
    }

    /** The one of this name, such as {@code SCRAM-SHA-256}; in capitals, as MongoDB has it. */
    public static Optional<ScramMechanism> named(String name) {
        return Stream.of(values()).filter(each -> each.label.equals(name)).findFirst();
    }

    /** The name by which clients ask for it and credentials are stored. */
    public String label() {
        return label;
    }

    /**
     * What takes the place of the password.
     *
     * @throws io.smilodon.engine.error.SmilodonException {@code BadValue} for a password of signs
     *     that RFC 4013 forbids
     */
    public abstract String prepared(String user, String password);

    int hashBytes() {
        return hashBytes;
    }

    /** As long as MongoDB's: with the number of its only block it is as long as a hash. */
    int saltBytes() {
        return hashBytes - BLOCK_NUMBER_BYTES;
    }

    byte[] hash(byte[] input) {
        return digest(hashName, input);
    }

    byte[] hmac(byte[] key, byte[] input) {
        return mac(key).doFinal(input);
    }

    byte[] hmac(byte[] key, String input) {
        return hmac(key, input.getBytes(StandardCharsets.UTF_8));
    }

    /** {@code Hi} of RFC 5802: as slow as many rounds are. */
    byte[] stretched(String password, byte[] salt, int rounds) {
        Mac mac = mac(password.getBytes(StandardCharsets.UTF_8));
        mac.update(salt);
        byte[] round = mac.doFinal(new byte[] {0, 0, 0, 1});
        byte[] sum = round.clone();
        for (int i = 1; i < rounds; i++) {
            round = mac.doFinal(round);
            for (int at = 0; at < sum.length; at++) {
                sum[at] ^= round[at];
            }
        }
        return sum;
    }

    private Mac mac(byte[] key) {
        try {
            String name = "Hmac" + hashName.replace("-", "");
            Mac mac = Mac.getInstance(name);
            // An empty key is one of zeros; the class takes none.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, name));
            return mac;
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing); // every Java has it
        }
    }

    private static byte[] digest(String name, byte[] input) {
        try {
            return MessageDigest.getInstance(name).digest(input);
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing); // every Java has it
        }
    }
}
