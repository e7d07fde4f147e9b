package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages made smaller, whole and broken. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CompressionTest {

    private static final Served SERVED = new Served();
    private static final int ROUNDS = Integer.getInteger("smilodon.wire.rounds", 30);

    @AfterAll
    static void stop() {
        SERVED.close();
    }

    private static RawClient client() throws IOException {
        return new RawClient(SERVED.server().port());
    }

    /** Bytes that repeat themselves more or less. */
    private static byte[] plain(Random random, int powerMax) {
        byte[] plain = new byte[random.nextInt(1 << random.nextInt(powerMax))];
        int letters = 1 + random.nextInt(256);
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) random.nextInt(letters);
        }
        return plain;
    }

    @ParameterizedTest
    @EnumSource
    void bytes_come_back(Compressor compressor) throws Exception {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] plain = plain(random, 18);
            byte[] packed = compressor.pack(plain);
            assertArrayEquals(plain, compressor.unpack(packed, plain.length), () -> "seed " + seed);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_wrong_length_is_refused(Compressor compressor) {
        byte[] packed = compressor.pack(new byte[5_000]);
        for (int length : new int[] {0, 1, 4_999, 5_001, 40_000_000}) {
            assertThrows(MalformedMessageException.class, () -> compressor.unpack(packed, length));
        }
    }

    /** Whatever is unpacked has the length that was said, and nothing else happens. */
    @ParameterizedTest
    @EnumSource
    void any_bytes_are_survived(Compressor compressor) {
        long seed = Seeds.next();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS * 10; round++) {
            byte[] plain = plain(random, 12);
            byte[] packed = compressor.pack(plain);
            for (int change = random.nextInt(4); change >= 0 && packed.length > 0; change--) {
                packed[random.nextInt(packed.length)] = (byte) random.nextInt();
            }
            byte[] broken = Arrays.copyOf(packed, random.nextInt(packed.length + 1));
            byte[] tried = random.nextBoolean() ? packed : broken;
            try {
                byte[] unpacked = compressor.unpack(tried, plain.length);
                assertEquals(plain.length, unpacked.length, () -> "seed " + seed);
            } catch (MalformedMessageException refused) {
                assertTrue(refused.getMessage().length() > 5);
            }
        }
    }

    private static byte[] packed(int opCode, int length, byte number, byte[] body) {
        byte[] whole = new byte[Compression.PREFIX_BYTES + body.length];
        Message.littleEndian(whole).putInt(opCode).putInt(length).put(number).put(body);
        return RawClient.message(1, Message.OP_COMPRESSED, whole);
    }

    private static byte[] ping() {
        return RawClient.body(Document.builder().put("ping", 1).put("$db", "test").build());
    }

    private static void assertRefused(byte[] message) throws Exception {
        try (RawClient client = client()) {
            client.send(message);
            assertEquals(Optional.empty(), client.answer());
        }
    }

    @Test
    void messages_that_cannot_be_are_refused() throws Exception {
        byte[] ping = ping();
        assertRefused(packed(Message.OP_MSG, ping.length, (byte) 9, ping));
        assertRefused(packed(Message.OP_MSG, ping.length + 1, (byte) 0, ping));
        assertRefused(packed(Message.OP_COMPRESSED, ping.length, (byte) 0, ping));
        assertRefused(packed(Message.OP_MSG, -1, (byte) 0, ping));
        assertRefused(RawClient.message(1, Message.OP_COMPRESSED, new byte[3]));
    }

    /** A few bytes that say they are many: no memory is taken for more than a message. */
    @ParameterizedTest
    @EnumSource
    void bombs_are_refused(Compressor compressor) throws Exception {
        int most = Message.BYTES_MAX - Message.HEADER_BYTES;
        byte[] bomb = compressor.pack(new byte[most + 1]);
        assertRefused(packed(Message.OP_MSG, most + 1, compressor.number(), bomb));
        assertRefused(packed(Message.OP_MSG, most, compressor.number(), bomb));
        assertRefused(packed(Message.OP_MSG, Integer.MAX_VALUE, compressor.number(), bomb));
    }

    @Test
    void both_sides_agree_in_the_order_of_the_client() throws Exception {
        try (RawClient client = client()) {
            Document hello =
                    client.run("{'hello': 1, 'compression': ['zstd', 'lzma', 'snappy', 7]}");
            assertEquals(
                    ArrayValue.of(Value.of("zstd"), Value.of("snappy")), hello.get("compression"));
            assertEquals(false, client.run("{'hello': 1}").has("compression"));
            assertEquals(false, client.run("{'hello': 1, 'compression': []}").has("compression"));
        }
    }

    @Test
    void a_message_that_is_not_smaller_may_be_sent_as_it_is() throws Exception {
        byte[] ping = ping();
        try (RawClient client = client()) {
            client.send(packed(Message.OP_MSG, ping.length, (byte) 0, ping));
            assertEquals(Value.of(1.0), client.answer().orElseThrow().get("ok"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void answers_are_as_small_as_requests(Compressor compressor) throws Exception {
        byte[] list =
                RawClient.body(Document.builder().put("listCommands", 1).put("$db", "a").build());
        byte[] small = compressor.pack(list);
        try (RawClient client = client()) {
            client.send(packed(Message.OP_MSG, list.length, compressor.number(), small));
            Message answer = client.message();
            assertEquals(Message.OP_COMPRESSED, answer.opCode());
            Message plain = Compression.unpack(answer).plain();
            assertEquals(Value.of(1.0), RawClient.document(plain).get("ok"));
        }
    }
}
