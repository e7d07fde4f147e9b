package io.smilodon.engine.testing;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Credentials of RFC 5802 such as a dump of MongoDB may bring: hashed as seldom as they may be, so
 * that tests do not wait for it.
 */
public final class QuickPasswords {

    /** New passwords are hashed many times more often; the fewest that are read. */
    private static final int ROUNDS = 4_096;

    /** Of salt, a hash has so many more. */
    private static final int BLOCK_NUMBER_BYTES = 4;

    private QuickPasswords() {}

    /**
     * What is stored of a password.
     *
     * @param mechanism such as {@code SCRAM-SHA-256}
     * @param prepared the password, as the mechanism hashes it
     */
    public static Document stored(String mechanism, String prepared) {
        String hash = mechanism.substring("SCRAM-".length());
        try {
            MessageDigest digest = MessageDigest.getInstance(hash);
            byte[] salt = new byte[digest.getDigestLength() - BLOCK_NUMBER_BYTES];
            String mac = "Hmac" + hash.replace("-", "");
            int bits = Byte.SIZE * digest.getDigestLength();
            byte[] stretched =
                    SecretKeyFactory.getInstance("PBKDF2With" + mac)
                            .generateSecret(
                                    new PBEKeySpec(prepared.toCharArray(), salt, ROUNDS, bits))
                            .getEncoded();
            return Document.builder()
                    .put("iterationCount", ROUNDS)
                    .put("salt", text(salt))
                    .put("storedKey", text(digest.digest(keyed(mac, stretched, "Client Key"))))
                    .put("serverKey", text(keyed(mac, stretched, "Server Key")))
                    .build();
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing); // every Java has it
        }
    }

    private static byte[] keyed(String name, byte[] key, String text)
            throws GeneralSecurityException {
        Mac mac = Mac.getInstance(name);
        mac.init(new SecretKeySpec(key, name));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Value text(byte[] bytes) {
        return Value.of(Base64.getEncoder().encodeToString(bytes));
    }
}
