package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.connection.ServerMonitoringMode;
import com.mongodb.event.ServerHeartbeatFailedEvent;
import com.mongodb.event.ServerHeartbeatSucceededEvent;
import com.mongodb.event.ServerMonitorListener;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How drivers watch the server: greetings that wait for news, and answers in a stream. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MonitoringTest {

    private static final Served SERVED = new Served();
    private static final int STREAM = 1 << 16;
    private static final int MORE = 2;
    private static final int WAIT_MILLIS = 60;
    private static final int LONG_MILLIS = 100_000;
    private static final Duration SOON = Duration.ofSeconds(20);

    @AfterAll
    static void stop() {
        SERVED.close();
    }

    private static RawClient client() throws IOException {
        return new RawClient(SERVED.server().port());
    }

    private static Document known(RawClient client) throws Exception {
        return (Document) client.run("{'hello': 1}").get("topologyVersion");
    }

    private static Document watch(Document known, long millis) {
        return Document.builder()
                .put("hello", 1)
                .put("topologyVersion", known)
                .put("maxAwaitTimeMS", millis)
                .put("$db", "admin")
                .build();
    }

    private static Document read(String command) {
        return ExtendedJson.readDocument(command.replace('\'', '"'));
    }

    @Test
    void who_knows_all_waits_for_news() throws Exception {
        try (RawClient client = client()) {
            Document known = known(client);
            long before = System.nanoTime();
            Document answer = client.run(watch(known, WAIT_MILLIS));
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
            assertEquals(known, answer.get("topologyVersion"), answer::toString);
            assertTrue(millis >= WAIT_MILLIS - 1, () -> millis + " ms");
        }
    }

    @Test
    void another_process_is_news() throws Exception {
        try (RawClient client = client()) {
            Document known = known(client);
            Document other = known.with("processId", ObjectId.next());
            assertEquals(known, client.run(watch(other, LONG_MILLIS)).get("topologyVersion"));
        }
    }

    @Test
    void a_server_without_set_is_watched_too() throws Exception {
        WireOptions alone = WireOptions.DEFAULTS.withPort(0).standalone();
        try (WireServer server = WireServer.start(SERVED.smilodon(), alone);
                RawClient client = new RawClient(server.port())) {
            Document known = known(client);
            assertEquals(Value.of(1.0), client.run(watch(known, 1)).get("ok"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'hello': 1, 'maxAwaitTimeMS': 5} | 31368",
                "{'hello': 1, 'topologyVersion': {'processId': {'$oid':"
                        + " '000000000000000000000000'}, 'counter': 0}} | 31368",
                "{'hello': 1, 'maxAwaitTimeMS': 5, 'topologyVersion': {'processId': 1,"
                        + " 'counter': -1}} | 31372",
                "{'hello': 1, 'maxAwaitTimeMS': -5, 'topologyVersion': {'processId': 1,"
                        + " 'counter': 0}} | 31373",
                "{'hello': 1, 'maxAwaitTimeMS': 'x', 'topologyVersion': {'processId': 1,"
                        + " 'counter': 0}} | 14",
                "{'hello': 1, 'maxAwaitTimeMS': 5, 'topologyVersion': 7} | 14",
                "{'hello': 1, 'maxAwaitTimeMS': 5, 'topologyVersion': {}} | 14",
            })
    void mistakes_are_refused(String hello, int code) throws Exception {
        try (RawClient client = client()) {
            Document command = read(hello).with("$db", Value.of("admin"));
            assertEquals(Value.of(code), client.run(command).get("code"));
            assertEquals(Value.of(1.0), client.run("{'ping': 1}").get("ok"));
        }
    }

    @Test
    void nobody_knows_more_than_the_server() throws Exception {
        try (RawClient client = client()) {
            Document later = known(client).with("counter", Value.of(1L));
            assertEquals(Value.of(31382), client.run(watch(later, 1)).get("code"));
        }
    }

    /** As drivers do: they say who they are once, and watch the server on the same connection. */
    @Test
    void a_client_says_what_it_is_with_its_first_greeting_only() throws Exception {
        String named = "{'%s': 1, 'client': {'driver': {'name': 'd', 'version': '1'}}}";
        try (RawClient client = client()) {
            assertEquals(Value.of(1.0), client.run(named.formatted("hello")).get("ok"));
            assertEquals(Value.of(1.0), client.run("{'hello': 1}").get("ok"));
            for (String again : new String[] {"hello", "isMaster", "ismaster"}) {
                Document refused = client.run(named.formatted(again));
                assertEquals(Value.of(186), refused.get("code"), refused::toString);
                assertEquals(Value.of("ClientMetadataCannotBeMutated"), refused.get("codeName"));
            }
            assertEquals(Value.of(1.0), client.run("{'ping': 1}").get("ok"));
        }
        try (RawClient client = client()) {
            client.run("{'hello': 1}");
            assertEquals(Value.of(186), client.run(named.formatted("hello")).get("code"));
        }
    }

    @Test
    void greetings_come_in_a_stream() throws Exception {
        try (RawClient client = client()) {
            Document other = known(client).with("processId", ObjectId.next());
            client.sendFlagged(STREAM, watch(other, WAIT_MILLIS));
            int before = client.lastId();
            for (int i = 0; i < 3; i++) {
                Message message = client.message();
                assertEquals(before, message.responseTo());
                assertEquals(MORE, message.body().getInt());
                assertEquals(Value.of(1.0), RawClient.document(message).get("ok"));
                before = message.requestId();
            }
        }
    }

    @Test
    void a_request_ends_the_stream() throws Exception {
        try (RawClient client = client()) {
            client.sendFlagged(STREAM, watch(known(client), LONG_MILLIS));
            client.send("{'ping': 1}");
            assertEquals(0, client.message().body().getInt());
            assertEquals(Value.of(1.0), client.answer().orElseThrow().get("ok"));
            assertEquals(Value.of(1.0), client.run("{'ping': 1}").get("ok"));
        }
    }

    @Test
    void a_mistake_ends_the_stream() throws Exception {
        try (RawClient client = client()) {
            Document later = known(client).with("counter", Value.of(1L));
            client.sendFlagged(STREAM, watch(later, LONG_MILLIS));
            assertEquals(0, client.message().body().getInt());
            assertEquals(Value.of(1.0), client.run("{'ping': 1}").get("ok"));
        }
    }

    @Test
    void batches_come_in_a_stream() throws Exception {
        try (RawClient client = client()) {
            client.run("{'drop': 'streamed'}");
            client.run(
                    "{'insert': 'streamed', 'documents': [{'_id': 1}, {'_id': 2}, {'_id': 3},"
                            + " {'_id': 4}, {'_id': 5}]}");
            Document found = client.run("{'find': 'streamed', 'batchSize': 1}");
            Value cursor = ((Document) found.get("cursor")).get("id");
            Document more =
                    Document.builder()
                            .put("getMore", cursor)
                            .put("collection", "streamed")
                            .put("batchSize", 2)
                            .put("$db", "test")
                            .build();
            client.sendFlagged(STREAM, more);
            List<Integer> flags = new ArrayList<>();
            List<Value> documents = new ArrayList<>();
            do {
                Message message = client.message();
                flags.add(message.body().getInt(0));
                Document batch = (Document) RawClient.document(message).get("cursor");
                documents.addAll(((ArrayValue) batch.get("nextBatch")).elements());
            } while (flags.getLast() == MORE);
            assertEquals(4, documents.size());
            assertTrue(flags.size() > 1, flags::toString);
            assertEquals(Value.of(1.0), client.run("{'ping': 1}").get("ok"));
        }
    }

    @Test
    void who_goes_while_it_waits_is_noticed() throws Exception {
        int before;
        try (RawClient client = client()) {
            Document known = known(client);
            before = SERVED.server().connectionCount();
            client.send(
                    RawClient.message(1, Message.OP_MSG, RawClient.body(watch(known, 1L << 40))));
        }
        Await.until("it waits no more", () -> SERVED.server().connectionCount() < before);
    }

    @Test
    void a_server_that_ends_lets_nobody_wait() throws Exception {
        WireServer server = WireServer.start(SERVED.smilodon(), WireOptions.DEFAULTS.withPort(0));
        try (RawClient client = new RawClient(server.port())) {
            client.sendFlagged(STREAM, watch(known(client), LONG_MILLIS));
            long before = System.nanoTime();
            server.close();
            assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(4));
            assertEquals(Optional.empty(), client.answer());
        }
    }

    /** Counts what the driver hears without asking. */
    private static final class Heartbeats implements ServerMonitorListener {

        private final CountDownLatch awaited = new CountDownLatch(3);
        private final CountDownLatch failed = new CountDownLatch(1);

        @Override
        public void serverHeartbeatSucceeded(ServerHeartbeatSucceededEvent event) {
            if (event.isAwaited()) {
                awaited.countDown();
            }
        }

        @Override
        public void serverHeartbeatFailed(ServerHeartbeatFailedEvent event) {
            failed.countDown();
        }
    }

    @Test
    void the_driver_watches_a_stream_and_hears_of_the_end_at_once() throws Exception {
        Heartbeats heartbeats = new Heartbeats();
        WireServer server = WireServer.start(SERVED.smilodon(), WireOptions.DEFAULTS.withPort(0));
        MongoClientSettings settings =
                MongoClientSettings.builder()
                        .applyConnectionString(
                                new ConnectionString("mongodb://127.0.0.1:" + server.port()))
                        .applyToServerSettings(
                                builder ->
                                        builder.heartbeatFrequency(500, TimeUnit.MILLISECONDS)
                                                .serverMonitoringMode(ServerMonitoringMode.STREAM)
                                                .addServerMonitorListener(heartbeats))
                        .build();
        try (MongoClient driver = MongoClients.create(settings)) {
            assertTrue(heartbeats.awaited.await(20, TimeUnit.SECONDS));
            assertNotEquals(0, heartbeats.failed.getCount());
            server.close();
            assertTrue(heartbeats.failed.await(20, TimeUnit.SECONDS));
            assertFalse(driver.getClusterDescription().getServerDescriptions().isEmpty());
        }
    }
}
