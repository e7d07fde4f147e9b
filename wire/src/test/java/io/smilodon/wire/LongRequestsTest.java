package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.Smilodon;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of requests whose client goes, sends on, or finds the server started anew. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LongRequestsTest {

    private static final Served SERVED = new Served();

    private static final String FIND_NUMBERS =
            "{'$lookup': {'from': 'numbers', 'pipeline': [], 'as': 'other'}}, {'$unwind': '$other'}";

    /** Joins every number with every number, and again. */
    private static final String SLOW =
            "{'aggregate': 'numbers', 'cursor': {}, 'pipeline': [%s, %s, {'$count': 'n'}%s]}";

    @AfterAll
    static void stop() {
        SERVED.close();
    }

    private static RawClient client() throws IOException {
        return new RawClient(SERVED.server().port());
    }

    private static void insertNumbers(RawClient client, int count) throws Exception {
        StringBuilder numbers = new StringBuilder("{'_id': 0}");
        for (int i = 1; i < count; i++) {
            numbers.append(", {'_id': ").append(i).append('}');
        }
        client.run("{'drop': 'numbers'}");
        client.run("{'insert': 'numbers', 'documents': [" + numbers + "]}");
    }

    private static String slow(String last) {
        return SLOW.formatted(FIND_NUMBERS, FIND_NUMBERS, last);
    }

    @Test
    void what_a_client_reads_ends_when_the_client_has_gone() throws Exception {
        try (RawClient client = client()) {
            insertNumbers(client, 1_000);
            client.send(slow(""));
            SERVED.awaitRunning("aggregate");
        }
        SERVED.awaitEnd("aggregate");
    }

    @Test
    void what_a_client_writes_goes_on_when_the_client_has_gone() throws Exception {
        try (RawClient client = client()) {
            insertNumbers(client, 60);
            client.send(slow(", {'$out': 'written'}"));
        }
        Value counted = Document.of("n", Value.of(60 * 60 * 60));
        try (RawClient client = client()) {
            Value written =
                    Await.present(
                            "it is written",
                            () ->
                                    Optional.of(
                                                    batch(
                                                            client.run(
                                                                    "{'find': 'written', 'projection': {'_id': 0}}")))
                                            .filter(found -> !found.equals(ArrayValue.EMPTY)));
            assertEquals(ArrayValue.of(counted), written);
        }
    }

    @Test
    void a_client_that_sends_on_while_it_waits_is_answered_in_turn() throws Exception {
        try (RawClient client = client()) {
            client.run("{'create': 'log', 'capped': true, 'size': 10000}");
            client.run("{'insert': 'log', 'documents': [{'_id': 1}]}");
            Document found = client.run("{'find': 'log', 'tailable': true, 'awaitData': true}");
            String more =
                    "{'getMore': {'$numberLong': '%s'}, 'collection': 'log', 'maxTimeMS': 1000}"
                            .formatted(((Document) found.get("cursor")).get("id"));
            client.send(more);
            SERVED.awaitRunning("getMore");
            client.send("{'ping': 1}");
            assertEquals(Value.of(1.0), client.answer().orElseThrow().get("ok"));
            assertEquals(Value.of(1.0), client.answer().orElseThrow().get("ok"));
        }
    }

    @Test
    void writes_sent_again_take_effect_once_over_a_restart(@TempDir Path directory)
            throws Exception {
        String update =
                """
                {'update': 'again', 'txnNumber': {'$numberLong': '7'},
                 'updates': [{'q': {'_id': 1}, 'u': {'$inc': {'n': 1}}, 'upsert': true}],
                 'lsid': {'id': {'$uuid': '00112233-4455-6677-8899-aabbccddeeff'}}}
                """;
        Document first = runOnce(directory, update);
        assertEquals(Value.of(1), first.get("n"), first::toString);
        assertEquals(first.get("upserted"), runOnce(directory, update).get("upserted"));
        Document stored = Document.builder().put("_id", 1).put("n", 1).build();
        assertEquals(ArrayValue.of(stored), batch(runOnce(directory, "{'find': 'again'}")));
    }

    private static Value batch(Document answer) {
        return ((Document) answer.get("cursor")).get("firstBatch");
    }

    /** Opens the directory, has a command carried out, and closes it. */
    private static Document runOnce(Path directory, String command) throws Exception {
        try (Smilodon smilodon = Smilodon.open(directory);
                WireServer server = WireServer.start(smilodon, WireOptions.DEFAULTS.withPort(0));
                RawClient client = new RawClient(server.port())) {
            return client.run(command);
        }
    }
}
