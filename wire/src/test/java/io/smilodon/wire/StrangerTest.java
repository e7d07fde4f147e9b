package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.security.FailedLogins;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is read of clients that have not logged in. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StrangerTest {

    private static Served served;

    @BeforeAll
    static void start() {
        served = Served.forUsers();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static RawClient client() throws IOException {
        return new RawClient(served.server().port());
    }

    /** A greeting whose message has so many bytes. */
    private static byte[] greeting(int bytes) {
        Document small = greeting("");
        int missing = bytes - Message.HEADER_BYTES - RawClient.body(small).length;
        return RawClient.body(greeting("x".repeat(missing)));
    }

    private static Document greeting(String client) {
        return Document.builder().put("hello", 1).put("client", client).put("$db", "admin").build();
    }

    /** Otherwise the server ends the connection. */
    private static boolean isAnswered(byte[] message) throws Exception {
        try (RawClient client = client()) {
            client.send(message);
            return client.hasMessage();
        }
    }

    @Test
    void a_message_may_have_16_kib() throws Exception {
        int most = House.STRANGER_BYTES_MAX;
        byte[] largest = RawClient.message(1, Message.OP_MSG, greeting(most));
        byte[] larger = RawClient.message(1, Message.OP_MSG, greeting(most + 1));

        assertTrue(isAnswered(largest));
        assertFalse(isAnswered(larger));
    }

    /** Few bytes that become many are not unpacked. */
    @ParameterizedTest
    @EnumSource
    void what_is_unpacked_may_have_no_more(Compressor compressor) throws Exception {
        byte[] small = greeting(1_000);
        byte[] large = greeting(House.STRANGER_BYTES_MAX + Message.HEADER_BYTES + 1);

        assertTrue(isAnswered(packed(small, small.length, compressor)));
        assertFalse(isAnswered(packed(large, large.length, compressor)));
        assertFalse(isAnswered(packed(large, 1_000, compressor)));
        assertFalse(isAnswered(packed(small, Integer.MAX_VALUE, compressor)));
    }

    private static byte[] packed(byte[] body, int length, Compressor compressor) {
        byte[] packed = Compression.pack(Message.OP_MSG, body, compressor);
        Message.littleEndian(packed).putInt(Integer.BYTES, length);
        return RawClient.message(1, Message.OP_COMPRESSED, packed);
    }

    /** Many who guess at once: all are answered, and few guesses are looked at. */
    @Test
    void a_flood_of_guesses_is_refused_unread() throws Exception {
        List<Future<Integer>> lookedAt = new ArrayList<>();
        try (ExecutorService strangers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                String user = "user" + i;
                lookedAt.add(strangers.submit(() -> guesses(user)));
            }
        }
        int sum = 0;
        for (Future<Integer> count : lookedAt) {
            sum += count.get();
        }
        assertTrue(sum >= FailedLogins.OF_ADDRESS_MAX, sum + " were looked at");
        assertTrue(sum <= 3 * FailedLogins.OF_ADDRESS_MAX, sum + " were looked at");
    }

    /** Guesses twenty times; how many of these were looked at. */
    private static int guesses(String user) throws Exception {
        int lookedAt = 0;
        try (RawClient client = client()) {
            for (int i = 0; i < 20; i++) {
                Document asked = client.run(start("n,,n=" + user + ",r=abcdefgh"));
                BinaryValue payload = (BinaryValue) asked.get("payload");
                String challenge = new String(payload.bytes(), StandardCharsets.US_ASCII);
                String nonce = challenge.substring(0, challenge.indexOf(','));
                Document refusal = client.run(resume("c=biws," + nonce + ",p=AAAA"));
                assertEquals(Value.of(18), refusal.get("code"));
                lookedAt += refusal.has("hint") ? 0 : 1;
            }
        }
        return lookedAt;
    }

    private static Document start(String text) {
        return command("saslStart", text).with("mechanism", Value.of("SCRAM-SHA-256"));
    }

    private static Document resume(String text) {
        return command("saslContinue", text).with("conversationId", Value.of(1));
    }

    private static Document command(String name, String text) {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        return Document.builder()
                .put(name, 1)
                .put("payload", new BinaryValue((byte) 0, payload))
                .put("$db", "admin")
                .build();
    }
}
