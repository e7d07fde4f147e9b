package io.smilodon.security.scram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScramCredentialsTest {

    private static final int FEW = ScramCredentials.ITERATIONS_MIN;

    /** The examples of RFC 5802 and RFC 7677, section 5 and 3. */
    private static final String SHA_1_TALK =
            "n=user,r=fyko+d2lbbFgONRv9qkxdawL,"
                    + "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096,"
                    + "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j";

    private static final String SHA_256_TALK =
            "n=user,r=rOprNGfwEbeRWgbNEkqO,"
                    + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                    + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,"
                    + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";

    @Test
    void the_example_of_rfc_5802_is_proven_and_signed() {
        ScramCredentials known = known(ScramMechanism.SHA_1, "QSXCR+Q6sek8bf92");

        assertTrue(known.isProvenBy(decoded("v0X8v3Bz2T0CJGbJQyF0X+HI4Ts="), SHA_1_TALK));
        assertEquals("rmF9pqV8S7suAoZWja4dJRkFsKQ=", known.signature(SHA_1_TALK));
    }

    @Test
    void the_example_of_rfc_7677_is_proven_and_signed() {
        ScramCredentials known = known(ScramMechanism.SHA_256, "W22ZaJ0SNY7soEsUEjb6gQ==");

        byte[] proof = decoded("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        assertTrue(known.isProvenBy(proof, SHA_256_TALK));
        assertEquals("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", known.signature(SHA_256_TALK));
    }

    private static ScramCredentials known(ScramMechanism mechanism, String saltText) {
        byte[] salt = decoded(saltText);
        byte[] stretched = mechanism.stretched("pencil", salt, 4096);
        return ScramCredentials.of(mechanism, stretched, salt, 4096);
    }

    private static byte[] decoded(String text) {
        return Base64.getDecoder().decode(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 19, 21, 31, 33, 1000})
    void a_proof_of_another_length_proves_nothing(int length) {
        for (ScramMechanism mechanism : ScramMechanism.values()) {
            ScramCredentials known = known(mechanism, "QSXCR+Q6sek8bf92");

            assertFalse(known.isProvenBy(new byte[length], SHA_1_TALK));
        }
    }

    /** The right proof with something behind it is not the right one. */
    @Test
    void a_proof_that_goes_on_proves_nothing() {
        ScramCredentials known = known(ScramMechanism.SHA_1, "QSXCR+Q6sek8bf92");
        byte[] proof = decoded("v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");

        assertFalse(known.isProvenBy(Arrays.copyOf(proof, 21), SHA_1_TALK));
    }

    /** Java's own function, which the mechanisms do not use as it has characters for keys. */
    @ParameterizedTest
    @CsvSource({
        "SHA_1, PBKDF2WithHmacSHA1, pencil",
        "SHA_256, PBKDF2WithHmacSHA256, pencil",
        "SHA_256, PBKDF2WithHmacSHA256, \u043f\u0430\u0440\u043e\u043b\u044c",
        "SHA_256, PBKDF2WithHmacSHA256, ''",
    })
    void passwords_are_stretched_as_java_does(
            ScramMechanism mechanism, String name, String password)
            throws GeneralSecurityException {
        byte[] salt = "some salt".getBytes(StandardCharsets.UTF_8);
        PBEKeySpec key =
                new PBEKeySpec(password.toCharArray(), salt, 4096, mechanism.hashBytes() * 8);

        assertArrayEquals(
                SecretKeyFactory.getInstance(name).generateSecret(key).getEncoded(),
                mechanism.stretched(password, salt, 4096));
    }

    @ParameterizedTest
    @EnumSource
    void what_is_stored_has_the_shape_of_mongodb(ScramMechanism mechanism) {
        ScramCredentials made = ScramCredentials.of(mechanism, "pencil", FEW);
        Document stored = made.toDocument();

        assertEquals(Value.of(FEW), stored.get("iterationCount"));
        assertEquals(mechanism == ScramMechanism.SHA_1 ? 16 : 28, length(stored, "salt"));
        assertEquals(mechanism.hashBytes(), length(stored, "storedKey"));
        assertEquals(mechanism.hashBytes(), length(stored, "serverKey"));
        assertEquals(4, stored.size());
        assertEquals(stored, ScramCredentials.read(mechanism, stored).toDocument());
    }

    private static int length(Document stored, String field) {
        return decoded(((StringValue) stored.get(field)).value()).length;
    }

    @ParameterizedTest
    @EnumSource
    void the_password_is_recognized_and_no_other(ScramMechanism mechanism) {
        ScramCredentials stored =
                ScramCredentials.read(
                        mechanism, ScramCredentials.of(mechanism, "pencil", FEW).toDocument());

        assertTrue(stored.isOf("pencil"));
        assertFalse(stored.isOf("Pencil"));
        assertFalse(stored.isOf(""));
    }

    @Test
    void each_password_has_a_salt_of_its_own() {
        Document one = ScramCredentials.of(ScramMechanism.SHA_256, "pencil", FEW).toDocument();
        Document other = ScramCredentials.of(ScramMechanism.SHA_256, "pencil", FEW).toDocument();

        assertNotEquals(one.get("salt"), other.get("salt"));
        assertNotEquals(one.get("storedKey"), other.get("storedKey"));
    }

    /** The digest of MongoDB's manual: user, {@code mongo} and password. */
    @Test
    void passwords_are_prepared_as_each_mechanism_wants() {
        assertEquals(
                "1c33006ec1ffd90f9cadcbcc0e118200",
                ScramMechanism.SHA_1.prepared("user", "pencil"));
        assertEquals("IX", ScramMechanism.SHA_256.prepared("user", "I\u00adX"));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, FEW - 1, ScramCredentials.ITERATIONS_MAX + 1})
    void too_few_and_too_many_iterations_are_refused(int iterations) {
        SmilodonException refusal =
                assertThrows(
                        SmilodonException.class,
                        () -> ScramCredentials.of(ScramMechanism.SHA_1, "pencil", iterations));

        assertEquals(ErrorCode.BAD_VALUE, refusal.code());
    }

    @ParameterizedTest
    @CsvSource({
        "iterationCount, 4095",
        "iterationCount, 10000001",
        "iterationCount, 'many'",
        "salt, '!'",
        "salt, 'QUJD'",
        "storedKey, ''",
        "serverKey, 'QUJD'",
    })
    void what_is_no_credential_is_refused(String field, String wrong) {
        Document good = known(ScramMechanism.SHA_1, "W22ZaJ0SNY7soEsUEjb6gQ==").toDocument();
        Value value = wrong.matches("[0-9]+") ? Value.of(Integer.parseInt(wrong)) : Value.of(wrong);

        SmilodonException refusal =
                assertThrows(
                        SmilodonException.class,
                        () -> ScramCredentials.read(ScramMechanism.SHA_1, good.with(field, value)));

        assertEquals(field, refusal.details().get("field"));
    }

    @ParameterizedTest
    @EnumSource
    void who_does_not_exist_always_has_the_same_salt(ScramMechanism mechanism) {
        byte[] secret = {1, 2, 3};
        ScramCredentials nobody = ScramCredentials.ofNobody(mechanism, secret, "admin.x", FEW);

        assertEquals(
                nobody.challenge(),
                ScramCredentials.ofNobody(mechanism, secret, "admin.x", FEW).challenge());
        assertNotEquals(
                nobody.challenge(),
                ScramCredentials.ofNobody(mechanism, secret, "admin.y", FEW).challenge());
        assertNotEquals(
                nobody.challenge(),
                ScramCredentials.ofNobody(mechanism, new byte[] {1}, "admin.x", FEW).challenge());
        assertEquals(
                ScramCredentials.of(mechanism, "pencil", FEW).challenge().length(),
                nobody.challenge().length());
    }
}
