package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server killed in the middle of a stream of inserts loses nothing that it acknowledged. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KillTest {

    private static final String COLLECTION = "/api/v1/dbs/test/collections/stream";
    private static final int WRITERS = 4;
    private static final int ACKNOWLEDGED_BEFORE_KILL = 200;
    private static final int KILLS = 2;

    @TempDir private Path directory;

    private final Set<Integer> acknowledged = new ConcurrentSkipListSet<>();

    @Test
    void every_acknowledged_document_survives_and_every_index_agrees() throws Exception {
        for (int round = 0; round < KILLS; round++) {
            try (ChildProgram server = start();
                    RestClient client = new RestClient(URI.create(server.url()))) {
                if (round == 0) {
                    createIndexes(client);
                }
                assertNothingIsLost(client);
                insertUntilKilled(server, client, round);
            }
        }
        try (ChildProgram server = start();
                RestClient client = new RestClient(URI.create(server.url()))) {
            assertNothingIsLost(client);
        }
        assertTrue(acknowledged.size() >= KILLS * ACKNOWLEDGED_BEFORE_KILL);
    }

    private ChildProgram start() throws Exception {
        return ChildProgram.start("serve", "--data", directory.toString(), "--port", "0");
    }

    private static void createIndexes(RestClient client) {
        for (String key : List.of("n", "tags")) {
            client.post(COLLECTION + "/indexes", Document.of("key", Document.of(key, Value.of(1))));
        }
    }

    private void insertUntilKilled(ChildProgram server, RestClient client, int round)
            throws InterruptedException {
        CountDownLatch enough = new CountDownLatch(ACKNOWLEDGED_BEFORE_KILL);
        List<Thread> writers =
                IntStream.range(0, WRITERS)
                        .mapToObj(writer -> round * 1_000_000 + writer * 100_000)
                        .map(first -> Thread.ofVirtual().start(() -> insert(client, first, enough)))
                        .toList();
        enough.await();
        server.kill();
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private void insert(RestClient client, int first, CountDownLatch enough) {
        try {
            for (int id = first; ; id++) {
                client.post(COLLECTION + "/insertOne", Document.of("document", document(id)));
                acknowledged.add(id);
                enough.countDown();
            }
        } catch (ShellException | SmilodonException killed) {
            return; // the server is gone, and this insert was not acknowledged
        }
    }

    private static Document document(int id) {
        return Document.builder()
                .put("_id", id)
                .put("n", id)
                .put("tags", ArrayValue.of(Value.of("t" + id % 7), Value.of("u" + id % 11)))
                .build();
    }

    private void assertNothingIsLost(RestClient client) {
        for (int id : acknowledged) {
            int status =
                    client.sendAny("GET", COLLECTION + "/documents/int:" + id, Optional.empty())
                            .status();
            assertEquals(200, status, () -> "document " + id + " was acknowledged and is lost");
        }
        long scanned = count(client, "{\"$natural\": 1}");
        assertEquals(scanned, count(client, "{\"n\": 1}"), "index n");
        assertEquals(scanned, count(client, "{\"tags\": 1}"), "index tags");
    }

    private static long count(RestClient client, String hint) {
        Document body =
                ExtendedJson.readDocument(
                        "{\"filter\": {\"n\": {\"$gte\": 0}, \"tags\": {\"$gte\": \"\"}},"
                                + " \"hint\": "
                                + hint
                                + "}");
        return ((NumberValue) client.post(COLLECTION + "/count", body).get("count")).toLong();
    }
}
