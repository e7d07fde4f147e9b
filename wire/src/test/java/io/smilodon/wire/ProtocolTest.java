package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.testing.Seeds;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.BinaryValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the socket, byte by byte. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProtocolTest {

    private static final Served SERVED = new Served();
    private static final Document PING = command("ping", Value.of(1));

    @AfterAll
    static void stop() {
        SERVED.close();
    }

    private static RawClient client() throws IOException {
        return new RawClient(SERVED.server().port());
    }

    private static Document command(String name, Value argument) {
        return Document.builder().put(name, argument).put("$db", "test").build();
    }

    private static void assertAlive() throws IOException, MalformedMessageException {
        try (RawClient other = client()) {
            assertEquals(Value.of(1.0), other.run(PING).get("ok"));
        }
    }

    private static byte[] legacy(String namespace, Document query) {
        BasicOutputBuffer body = new BasicOutputBuffer();
        body.writeInt32(4);
        body.writeCString(namespace);
        body.writeInt32(0);
        body.writeInt32(-1);
        BsonOutput.append(query, body);
        return RawClient.message(1, Message.OP_QUERY, body.toByteArray());
    }

    @Test
    void a_client_begins_with_the_legacy_query() throws Exception {
        try (RawClient client = client()) {
            client.send(legacy("admin.$cmd", Document.of("isMaster", Value.of(1))));
            Document answer = client.answer().orElseThrow();
            assertEquals(Value.of(true), answer.get("ismaster"));
            assertEquals(Value.of(25), answer.get("maxWireVersion"));
            assertEquals(Value.of("smilodon"), answer.get("setName"));
        }
    }

    @Test
    void other_legacy_queries_are_refused() throws Exception {
        try (RawClient client = client()) {
            client.send(legacy("test.people", Document.EMPTY));
            assertEquals(Value.of(352), client.answer().orElseThrow().get("code"));
            assertEquals(Value.of(1.0), client.run(PING).get("ok"));
        }
    }

    @Test
    void documents_may_come_in_a_section_of_their_own() throws Exception {
        BasicOutputBuffer body = new BasicOutputBuffer();
        body.writeInt32(0);
        BasicOutputBuffer section = new BasicOutputBuffer();
        section.writeCString("documents");
        BsonOutput.append(Document.of("_id", Value.of(1)), section);
        BsonOutput.append(Document.of("_id", Value.of(2)), section);
        body.writeByte(1);
        body.writeInt32(section.getSize() + Integer.BYTES);
        body.writeBytes(section.toByteArray());
        body.writeByte(0);
        BsonOutput.append(command("insert", Value.of("sections")), body);
        try (RawClient client = client()) {
            client.send(RawClient.message(1, Message.OP_MSG, body.toByteArray()));
            assertEquals(Value.of(2), client.answer().orElseThrow().get("n"));
        }
    }

    @Test
    void a_checksum_is_compared() throws Exception {
        byte[] body = RawClient.body(PING);
        byte[] summed = Arrays.copyOf(body, body.length + Integer.BYTES);
        summed[0] = 1;
        Message message = new Message(1, 0, Message.OP_MSG, Message.littleEndian(summed));
        Message.littleEndian(summed).putInt(body.length, message.checksum());
        try (RawClient client = client()) {
            client.send(RawClient.message(1, Message.OP_MSG, summed));
            assertEquals(Value.of(1.0), client.answer().orElseThrow().get("ok"));
            summed[summed.length - 1] ^= 1;
            client.send(RawClient.message(1, Message.OP_MSG, summed));
            assertTrue(hasEnded(client));
        }
    }

    @Test
    void a_message_that_wants_no_answer_gets_none() throws Exception {
        byte[] body = RawClient.body(command("nonsense", Value.of(1)));
        body[0] = 2;
        try (RawClient client = client()) {
            client.send(RawClient.message(1, Message.OP_MSG, body));
            assertEquals(Value.of(1.0), client.run(PING).get("ok"));
        }
    }

    @Test
    void a_broken_message_that_wants_no_answer_gets_none() throws Exception {
        byte[] body = RawClient.body(PING);
        body[0] = 2;
        body[9] = 99; // the type of the first field
        try (RawClient client = client()) {
            client.send(RawClient.message(1, Message.OP_MSG, body));
            assertEquals(Value.of(1.0), client.run(PING).get("ok"));
        }
    }

    @Test
    void who_wants_no_answer_gets_no_stream_of_them() throws Exception {
        try (RawClient client = client()) {
            Document hello = client.run("{'hello': 1}");
            Document watch =
                    command("hello", Value.of(1))
                            .with("topologyVersion", hello.get("topologyVersion"))
                            .with("maxAwaitTimeMS", Value.of(1));
            client.sendFlagged(1 << 16 | 2, watch);
            assertFalse(client.run(PING).has("topologyVersion"));
        }
    }

    @Test
    void malformed_documents_are_answered_and_the_connection_goes_on() throws Exception {
        byte[] body = RawClient.body(PING);
        body[9] = 99; // the type of the first field
        try (RawClient client = client()) {
            client.send(RawClient.message(1, Message.OP_MSG, body));
            assertEquals(Value.of(22), client.answer().orElseThrow().get("code"));
            assertEquals(Value.of(1.0), client.run(PING).get("ok"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 15, 48_000_001, Integer.MAX_VALUE})
    void impossible_lengths_end_the_connection(int length) throws Exception {
        byte[] message = RawClient.message(1, Message.OP_MSG, RawClient.body(PING));
        Message.littleEndian(message).putInt(length);
        try (RawClient client = client()) {
            client.send(message);
            assertTrue(hasEnded(client));
        }
        assertAlive();
    }

    @Test
    void half_messages_do_no_harm() throws Exception {
        byte[] message = RawClient.message(1, Message.OP_MSG, RawClient.body(PING));
        for (int length = 1; length < message.length; length++) {
            try (RawClient client = client()) {
                client.send(Arrays.copyOf(message, length));
                client.endOutput();
                assertTrue(hasEnded(client));
            }
        }
        assertAlive();
    }

    @Test
    void a_slow_writer_is_waited_for_and_keeps_nobody_waiting() throws Exception {
        byte[] message = RawClient.message(1, Message.OP_MSG, RawClient.body(PING));
        try (RawClient slow = client()) {
            for (byte single : message) {
                assertAlive();
                slow.send(new byte[] {single});
            }
            assertEquals(Value.of(1.0), slow.answer().orElseThrow().get("ok"));
        }
    }

    @Test
    void any_bytes_are_survived() throws Exception {
        long seed = Seeds.next();
        Random random = new Random(seed);
        byte[] good = RawClient.message(1, Message.OP_MSG, RawClient.body(PING));
        for (int round = 0; round < 300; round++) {
            byte[] bad = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            Message.littleEndian(bad).putInt(bad.length);
            try (RawClient client = client()) {
                client.send(bad);
                client.endOutput();
                while (!hasEnded(client)) {
                    assertFalse(Thread.interrupted(), () -> "seed " + seed);
                }
            }
        }
        assertAlive();
    }

    @Test
    void writes_sent_again_take_effect_once() throws Exception {
        BinaryValue session = new BinaryValue((byte) 4, new byte[16]);
        Document change =
                Document.builder()
                        .put("q", Document.of("_id", Value.of(1)))
                        .put("u", Document.of("$inc", Document.of("n", Value.of(1))))
                        .put("upsert", true)
                        .build();
        Document update =
                Document.builder()
                        .put("update", "again")
                        .put("updates", ArrayValue.of(change, change))
                        .put("lsid", Document.of("id", session))
                        .put("txnNumber", 7L)
                        .put("$db", "test")
                        .build();
        try (RawClient client = client();
                RawClient other = client()) {
            Document first = client.run(update);
            assertEquals(Value.of(2), first.get("n"), first::toString);
            assertEquals(first.get("upserted"), other.run(update).get("upserted"));
            assertEquals(2, stored("again", 1).getInteger("n"));
            client.run(update.with("txnNumber", Value.of(8L)));
            assertEquals(4, stored("again", 1).getInteger("n"));
        }
    }

    private static org.bson.Document stored(String collection, int id) {
        return SERVED.database()
                .getCollection(collection)
                .find(new org.bson.Document("_id", id))
                .first();
    }

    @Test
    void inserts_sent_again_are_answered_as_before_their_failures_too() throws Exception {
        List<Value> documents = new ArrayList<>();
        for (int id : new int[] {1, 2, 1, 3}) {
            documents.add(Document.of("_id", Value.of(id)));
        }
        Document insert =
                Document.builder()
                        .put("insert", "inserted")
                        .put("documents", ArrayValue.of(documents))
                        .put("ordered", false)
                        .put("lsid", Document.of("id", new BinaryValue((byte) 4, new byte[16])))
                        .put("txnNumber", 9L)
                        .put("$db", "test")
                        .build();
        try (RawClient client = client()) {
            for (int time = 0; time < 2; time++) {
                Document answer = client.run(insert);
                assertEquals(Value.of(3), answer.get("n"), answer::toString);
                Document error =
                        (Document) ((ArrayValue) answer.get("writeErrors")).elements().getFirst();
                assertEquals(Value.of(2), error.get("index"));
                assertEquals(Value.of(11000), error.get("code"));
            }
        }
    }

    @Test
    void a_number_without_transaction_belongs_to_writes_only() throws Exception {
        Document count =
                Document.builder()
                        .put("count", "x")
                        .put("lsid", Document.of("id", new BinaryValue((byte) 4, new byte[16])))
                        .put("txnNumber", 1L)
                        .put("$db", "test")
                        .build();
        try (RawClient client = client()) {
            assertEquals(Value.of(50768), client.run(count).get("code"));
        }
    }

    @Test
    void many_clients_are_served_at_a_time() throws Exception {
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 1000; i++) {
                clients.add(client());
            }
            for (RawClient client : clients) {
                assertEquals(Value.of(1.0), client.run(PING).get("ok"));
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    @Test
    void connections_and_bytes_are_counted() throws Exception {
        try (Served own = new Served();
                RawClient client = new RawClient(own.server().port());
                RawClient idle = new RawClient(own.server().port())) {
            idle.run(PING);
            Document before = part(client.run("{'serverStatus': 1}"), "network");
            byte[] ping = RawClient.message(9, Message.OP_MSG, RawClient.body(PING));
            client.send(ping);
            client.answer();
            Document status = client.run("{'serverStatus': 1}");
            Document after = part(status, "network");
            assertTrue(number(after, "bytesIn") - number(before, "bytesIn") >= ping.length);
            assertTrue(number(after, "bytesOut") - number(before, "bytesOut") > 1_000);
            Document connections = part(status, "connections");
            assertTrue(number(connections, "current") >= 2, connections::toString);
            assertTrue(number(connections, "totalCreated") >= 2, connections::toString);
            assertEquals(
                    WireOptions.DEFAULTS.connectionsMax(),
                    number(connections, "current") + number(connections, "available"));
            Document set = part(status, "repl");
            assertEquals(set.get("me"), set.get("primary"));
            assertEquals(Value.of("smilodon"), set.get("setName"));
        }
    }

    private static Document part(Document document, String name) {
        return (Document) document.get(name);
    }

    private static long number(Document document, String name) {
        return ((NumberValue) document.get(name)).toLong();
    }

    @Test
    void more_clients_than_allowed_are_not_let_in() throws Exception {
        WireOptions one = WireOptions.DEFAULTS.withPort(0).withConnectionsMax(1);
        try (WireServer few = WireServer.start(SERVED.smilodon(), one);
                RawClient first = new RawClient(few.port())) {
            assertEquals(Value.of(1.0), first.run(PING).get("ok"));
            try (RawClient second = new RawClient(few.port())) {
                assertTrue(hasEnded(second));
            }
        }
    }

    /** Waits for the next answer or the end. */
    private static boolean hasEnded(RawClient client)
            throws IOException, MalformedMessageException {
        try {
            Optional<Document> answer = client.answer();
            return answer.isEmpty();
        } catch (SocketException reset) {
            return true;
        }
    }
}
