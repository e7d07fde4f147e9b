package io.smilodon.security.scram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScramConversationTest {

    private static final int ROUNDS = 4_096;
    private static final byte[] SALT = "salt of the test".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SECRET = {1, 2, 3};
    private static final byte[] NOTHING = {};
    private static final Map<ScramMechanism, ScramCredentials> OF_ADA =
            new EnumMap<>(ScramMechanism.class);

    static {
        for (ScramMechanism mechanism : ScramMechanism.values()) {
            OF_ADA.put(mechanism, credentials(mechanism, "ada", "pencil"));
        }
    }

    private static ScramCredentials credentials(
            ScramMechanism mechanism, String user, String password) {
        String prepared = mechanism.prepared(user, password);
        byte[] stretched = mechanism.stretched(prepared, SALT, ROUNDS);
        return ScramCredentials.of(mechanism, stretched, SALT, ROUNDS);
    }

    /** Ada is known, and nobody else. */
    private static ScramConversation conversation(ScramMechanism mechanism, boolean skipsEmpty) {
        return new ScramConversation(
                mechanism,
                user ->
                        user.equals("ada")
                                ? OF_ADA.get(mechanism)
                                : ScramCredentials.ofNobody(mechanism, SECRET, user, ROUNDS),
                skipsEmpty);
    }

    private static ScramConversation conversation() {
        return conversation(ScramMechanism.SHA_256, true);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertFails(ScramConversation conversation, byte[] payload) {
        SmilodonException failure =
                assertThrows(SmilodonException.class, () -> conversation.answer(payload));

        assertEquals(18, failure.code().number());
        assertEquals("Authentication failed.", failure.getMessage());
        assertFalse(conversation.isDone());
    }

    @ParameterizedTest
    @EnumSource
    void who_knows_the_password_is_let_in(ScramMechanism mechanism) {
        ScramConversation conversation = conversation(mechanism, false);
        ScramClient client = new ScramClient(mechanism, "ada", "pencil");

        byte[] proof = client.proof(conversation.answer(client.first()));
        assertTrue(conversation.awaitsProof());
        assertTrue(client.trusts(conversation.answer(proof)));
        assertFalse(conversation.isDone());
        assertArrayEquals(NOTHING, conversation.answer(NOTHING));
        assertTrue(conversation.isDone());
        assertEquals("ada", conversation.user());
    }

    @ParameterizedTest
    @EnumSource
    void the_last_empty_message_can_be_left_out(ScramMechanism mechanism) {
        ScramConversation conversation = conversation(mechanism, true);
        ScramClient client = new ScramClient(mechanism, "ada", "pencil");

        conversation.answer(client.proof(conversation.answer(client.first())));

        assertTrue(conversation.isDone());
    }

    @ParameterizedTest
    @EnumSource
    void another_password_is_not_let_in(ScramMechanism mechanism) {
        ScramConversation conversation = conversation(mechanism, true);
        ScramClient client = new ScramClient(mechanism, "ada", "Pencil");

        assertFails(conversation, client.proof(conversation.answer(client.first())));
    }

    /** Nothing tells a stranger apart before its proof, which is wrong as any other. */
    @ParameterizedTest
    @EnumSource
    void a_stranger_is_asked_like_a_user(ScramMechanism mechanism) {
        ScramConversation conversation = conversation(mechanism, true);
        ScramClient client = new ScramClient(mechanism, "bob", "pencil");
        String asked = new String(conversation.answer(client.first()), StandardCharsets.UTF_8);

        assertTrue(asked.matches("r=[^,]+,s=[^,]+,i=4096"), asked);
        assertFails(conversation, client.proof(bytes(asked)));
    }

    @Test
    void names_may_hold_commas_and_equals_signs() {
        ScramConversation conversation = conversation();

        conversation.answer(new ScramClient(ScramMechanism.SHA_256, "a=b,c=2C", "pencil").first());

        assertEquals("a=b,c=2C", conversation.user());
    }

    @ParameterizedTest
    @ValueSource(strings = {"n,,", "y,,", "n,a=ada,", "y,a=ada,"})
    void a_client_that_would_bind_to_a_channel_is_let_in_without(String header) {
        ScramConversation conversation = conversation();
        ScramClient client = new ScramClient(ScramMechanism.SHA_256, "ada", "pencil", header);

        conversation.answer(client.proof(conversation.answer(client.first())));

        assertTrue(conversation.isDone());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n",
                "n,",
                "n,,",
                "n,,n=ada",
                "n,,n=,r=abcd",
                "n,,n=ada,r=abc",
                "n,,r=abcd,n=ada",
                "n,,m=ext,n=ada,r=abcd",
                "n,,n=a=2cb,r=abcd",
                "n,,n=ada=,r=abcd",
                "p=tls-unique,,n=ada,r=abcd",
                "x,,n=ada,r=abcd",
                "n,a=bob,n=ada,r=abcd",
                "n,bob,n=ada,r=abcd",
            })
    void a_first_message_that_is_none_is_refused(String message) {
        assertFails(conversation(), bytes(message));
    }

    @Test
    void bytes_that_are_no_text_are_refused() {
        byte[] broken = bytes("n,,n=ada,r=abcd");
        broken[5] = (byte) 0xc3;

        assertFails(conversation(), broken);
    }

    @Test
    void a_long_message_is_refused() {
        String message = "n,,n=ada,r=";
        int left = ScramConversation.PAYLOAD_BYTES_MAX - message.length();

        conversation().answer(bytes(message + "x".repeat(left)));
        assertFails(conversation(), bytes(message + "x".repeat(left + 1)));
    }

    @Test
    void a_proof_of_another_talk_is_refused() {
        ScramClient client = new ScramClient(ScramMechanism.SHA_256, "ada", "pencil");
        byte[] proof = client.proof(conversation().answer(client.first()));
        ScramConversation other = conversation();
        other.answer(client.first());

        assertFails(other, proof);
    }

    @Test
    void a_proof_that_is_cut_is_refused() {
        ScramClient client = new ScramClient(ScramMechanism.SHA_256, "ada", "pencil");
        ScramConversation conversation = conversation();
        byte[] proof = client.proof(conversation.answer(client.first()));

        assertEquals('=', proof[proof.length - 1]);
        assertFails(conversation, Arrays.copyOf(proof, proof.length - 1));
    }

    /** Somebody in between may not talk the client out of binding to a channel. */
    @Test
    void a_header_that_was_changed_on_its_way_is_refused() {
        ScramClient client = new ScramClient(ScramMechanism.SHA_256, "ada", "pencil", "y,,");
        ScramConversation conversation = conversation();
        String first = new String(client.first(), StandardCharsets.UTF_8);

        byte[] challenge = conversation.answer(bytes("n" + first.substring(1)));

        assertFails(conversation, client.proof(challenge));
    }

    @Test
    void nothing_goes_on_after_a_failure_or_the_end() {
        ScramClient client = new ScramClient(ScramMechanism.SHA_256, "ada", "pencil");
        ScramConversation failed = conversation();
        byte[] proof = client.proof(failed.answer(client.first()));
        assertFails(failed, bytes("c=biws"));
        assertFails(failed, proof);
        assertFails(failed, client.first());

        ScramConversation done = conversation();
        done.answer(client.proof(done.answer(client.first())));
        SmilodonException failure =
                assertThrows(SmilodonException.class, () -> done.answer(client.first()));
        assertEquals(18, failure.code().number());
        assertFalse(done.isDone());
    }

    @Test
    void the_server_never_says_the_same_nonce() {
        byte[] first = new ScramClient(ScramMechanism.SHA_256, "ada", "pencil").first();

        assertNotEquals(
                new String(conversation().answer(first), StandardCharsets.UTF_8),
                new String(conversation().answer(first), StandardCharsets.UTF_8));
    }

    /** Whatever is changed in either message: the talk fails, by the one error. */
    @RepeatedTest(500)
    void broken_messages_fail_by_the_one_error() {
        long seed = Seeds.next();
        RandomGenerator random = new Random(seed);
        ScramClient client = new ScramClient(ScramMechanism.SHA_1, "ada", "pencil");
        ScramConversation conversation = conversation(ScramMechanism.SHA_1, true);
        try {
            byte[] first = random.nextBoolean() ? broken(client.first(), random) : client.first();
            byte[] challenge = conversation.answer(first);
            byte[] proof = client.proof(challenge);
            byte[] other = broken(proof, random);
            conversation.answer(other);
            assertArrayEquals(proof, other, () -> "seed " + seed);
        } catch (SmilodonException failure) {
            assertEquals(18, failure.code().number(), () -> "seed " + seed);
        }
    }

    private static byte[] broken(byte[] message, RandomGenerator random) {
        byte[] broken = message.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(broken.length);
            switch (random.nextInt(4)) {
                case 0 -> broken[at] = (byte) random.nextInt(256);
                case 1 -> broken[at] = (byte) ",=rnpc".charAt(random.nextInt(6));
                case 2 -> broken = Arrays.copyOf(broken, at + 1);
                default -> broken = Arrays.copyOf(broken, broken.length + random.nextInt(9));
            }
        }
        return broken;
    }
}
