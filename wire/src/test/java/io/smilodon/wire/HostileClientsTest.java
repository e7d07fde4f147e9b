package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Smilodon;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that would take memory or threads away from the others. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class HostileClientsTest {

    private static final WireLimits LIMITS =
            WireLimits.DEFAULTS
                    .withMessageGrace(Duration.ofMillis(600))
                    .withRoomWait(Duration.ofMillis(200))
                    .withStallMax(Duration.ofMillis(400))
                    .withMemoryBytes(20 << 20);

    private static final Smilodon SMILODON = Smilodon.inMemory();
    private static final WireServer SERVER =
            WireServer.start(SMILODON, WireOptions.DEFAULTS.withPort(0).withLimits(LIMITS));

    @AfterAll
    static void stop() {
        SERVER.close();
        SMILODON.close();
    }

    private static RawClient client() throws IOException {
        return new RawClient(SERVER.port());
    }

    private static void assertAlive() throws Exception {
        try (RawClient client = client()) {
            assertEquals(Value.of(1.0), client.run("{'ping': 1}").get("ok"));
        }
    }

    private static boolean hasEnded(RawClient client) throws Exception {
        try {
            return client.answer().isEmpty();
        } catch (SocketException reset) {
            return true;
        }
    }

    /** The start of a message of so many bytes. */
    private static byte[] half(int length) {
        byte[] half = RawClient.message(1, Message.OP_MSG, new byte[1_000]);
        Message.littleEndian(half).putInt(length);
        return half;
    }

    @Test
    void half_messages_take_neither_memory_nor_time_for_long() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            clients.add(client());
            clients.getLast().send(half(47_000_000));
        }
        assertAlive();
        for (RawClient client : clients) {
            assertTrue(hasEnded(client));
            client.close();
        }
        assertAlive();
    }

    @Test
    void small_half_messages_end_too() throws Exception {
        try (RawClient client = client()) {
            client.send(Arrays.copyOf(half(5_000), 1));
            assertTrue(hasEnded(client));
        }
    }

    @Test
    void who_says_nothing_between_messages_is_left_alone() throws Exception {
        try (RawClient client = client()) {
            LockSupport.parkNanos(LIMITS.messageGrace().toNanos() * 3 / 2);
            assertEquals(Value.of(1.0), client.run("{'ping': 1}").get("ok"));
        }
    }

    /** A document of some hundred kilobytes that would take many times of that. */
    @Test
    void more_values_than_there_is_memory_for_are_refused() throws Exception {
        BasicOutputBuffer body = new BasicOutputBuffer();
        body.writeInt32(0);
        body.writeByte(0);
        byte[] arrays = {16, 0, 0, 0, 4, '0', 0, 5, 0, 0, 0, 0, 10, '1', 0, 0};
        int count = 100_000;
        body.writeInt32(5 + 3 + 5 + count * (3 + arrays.length));
        body.writeBytes(new byte[] {4, 'a', 0});
        body.writeInt32(5 + count * (3 + arrays.length));
        for (int i = 0; i < count; i++) {
            body.writeBytes(new byte[] {4, 'x', 0});
            body.writeBytes(arrays);
        }
        body.writeBytes(new byte[2]);
        try (RawClient client = client()) {
            client.send(RawClient.message(1, Message.OP_MSG, body.toByteArray()));
            Document answer = client.answer().orElseThrow();
            assertEquals(Value.of(146), answer.get("code"), answer::toString);
            assertEquals(Value.of(1.0), client.run("{'ping': 1}").get("ok"));
        }
    }

    /** Large messages take turns where there is room for one only. */
    @Test
    void large_messages_of_many_are_carried_out_in_turn() throws Exception {
        Document insert =
                Document.builder()
                        .put("ping", 1)
                        .put("comment", "x".repeat(6 << 20))
                        .put("$db", "test")
                        .build();
        byte[] message = RawClient.message(1, Message.OP_MSG, RawClient.body(insert));
        WireLimits patient =
                LIMITS.withRoomWait(Duration.ofSeconds(40))
                        .withMessageGrace(Duration.ofSeconds(40));
        WireOptions options = WireOptions.DEFAULTS.withPort(0).withLimits(patient);
        try (WireServer server = WireServer.start(SMILODON, options);
                RawClient first = new RawClient(server.port());
                RawClient second = new RawClient(server.port())) {
            first.send(message);
            second.send(message);
            assertEquals(Value.of(1.0), first.answer().orElseThrow().get("ok"));
            assertEquals(Value.of(1.0), second.answer().orElseThrow().get("ok"));
        }
    }

    @Test
    void who_reads_no_answer_is_sent_away() throws Exception {
        try (RawClient client = client()) {
            String document = "{'_id': %d, 'text': '" + "x".repeat(60_000) + "'}";
            StringBuilder documents = new StringBuilder(document.formatted(0));
            for (int i = 1; i < 20; i++) {
                documents.append(", ").append(document.formatted(i));
            }
            client.run("{'insert': 'large', 'documents': [" + documents + "]}");
        }
        awaitClients(0);
        try (RawClient client = client()) {
            for (int i = 0; i < 30; i++) { // more than all buffers hold
                client.send("{'find': 'large'}");
            }
            awaitClients(0);
            client.endOutput();
        }
        assertAlive();
    }

    private static void awaitClients(int count) {
        Await.until("there are " + count, () -> SERVER.connectionCount() == count);
    }
}
