package io.smilodon.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Admission;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.DocumentBuilder;
import io.smilodon.engine.value.Int64Value;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More clients than are served at once, and clients that do not take what they ask for. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class OverloadTest {

    /** A mebibyte of answers may be on its way. */
    private static final WireLimits LIMITS = WireLimits.DEFAULTS.withMemoryBytes(5 << 20);

    private static final int PART_BYTES = 256 << 10;
    private static final int PART_COUNT = 32;

    private final Smilodon smilodon = Smilodon.inMemory();
    private final WireServer server =
            WireServer.start(smilodon, WireOptions.DEFAULTS.withPort(0).withLimits(LIMITS));
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Thread> others = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        end.countDown();
        for (Thread other : others) {
            other.join();
        }
        server.close();
        smilodon.close();
    }

    /** Requests that are carried out, and that wait for it, as many as there may be. */
    private void fill() {
        Admission admission = smilodon.admission();
        for (int i = 0; i < Admission.RUNNING_MAX + Admission.WAITING_MAX; i++) {
            others.add(Thread.ofVirtual().start(() -> admission.admit(this::waitForEnd)));
        }
        Await.until("all wait", () -> admission.waitingCount() >= Admission.WAITING_MAX);
    }

    private boolean waitForEnd() {
        try {
            end.await();
            return true;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Test
    void who_is_one_too_many_is_told_to_come_again() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            fill();
            Document refused = client.run("{'find': 'c'}");
            assertEquals(Value.of(462), refused.get("code"));
            assertEquals(
                    "[ \"RetryableError\", \"RetryableWriteError\", \"SystemOverloadedError\" ]",
                    sorted(refused.get("errorLabels").toString()));
            assertEquals(Value.of(1.0), client.run("{'ping': 1}").get("ok"), "who looks after it");
            end.countDown();
            for (Thread other : others) {
                other.join();
            }
            assertEquals(Value.of(1.0), client.run("{'find': 'c'}").get("ok"));
        }
    }

    private static String sorted(String labels) {
        List<String> names =
                new ArrayList<>(List.of(labels.replaceAll("[\\[\\] ]", "").split(",")));
        names.sort(null);
        return "[ " + String.join(", ", names) + " ]";
    }

    @Test
    void what_goes_on_with_something_that_has_begun_needs_no_turn() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.run("{'insert': 'c', 'documents': [{'_id': 1}, {'_id': 2}]}");
            Document found = client.run("{'find': 'c', 'batchSize': 1}");
            String session =
                    "'lsid': {'id': {'$binary': {'base64': 'AAAAAAAAAAAAAAAAAAAAAQ==',"
                            + " 'subType': '04'}}}, 'txnNumber': {'$numberLong': '1'},"
                            + " 'autocommit': false";
            client.run(
                    "{'insert': 'c', 'documents': [{'_id': 3}], 'startTransaction': true, "
                            + session
                            + "}");
            fill();
            Value id = ((Document) found.get("cursor")).get("id");
            Document more =
                    Document.builder()
                            .put("getMore", id)
                            .put("collection", "c")
                            .put("$db", "test")
                            .build();
            assertEquals(Value.of(1.0), client.run(more).get("ok"));
            assertEquals(Value.of(1.0), client.run("{'find': 'c', " + session + "}").get("ok"));
        }
    }

    @Test
    void of_answers_that_fill_the_memory_those_go_first_that_nobody_takes() throws Exception {
        try (RawClient fast = new RawClient(server.port());
                RawClient slow = new RawClient(server.port())) {
            fast.run(
                    "{'insert': 'large', 'documents': [{'_id': 1, 'x': '"
                            + "x".repeat(8 << 20)
                            + "'}]}");
            slow.send("{'find': 'large'}");
            awaitClients(1);
            assertEquals(Value.of(1.0), fast.run("{'find': 'large'}").get("ok"));
            assertTrue(LIMITS.stallMax().compareTo(Duration.ofSeconds(30)) > 0);
        }
    }

    private void insertDocuments(int count) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            for (int i = 0; i < count; i++) {
                String document = "{'_id': " + i + ", 'x': '" + "x".repeat(PART_BYTES) + "'}";
                client.run("{'insert': 'large', 'documents': [" + document + "]}");
            }
        }
        awaitClients(0);
    }

    @Test
    void large_answers_share_memory_and_small_ones_pass() throws Exception {
        insertDocuments(PART_COUNT);
        List<RawClient> slow = new ArrayList<>();
        long bytesMax = 0;
        try (RawClient fast = new RawClient(server.port())) {
            for (int i = 0; i < 24; i++) {
                slow.add(new RawClient(server.port()));
                slow.getLast().send("{'find': 'large', 'singleBatch': " + (i % 2 == 0) + "}");
                assertEquals(Value.of(1.0), fast.run("{'ping': 1}").get("ok"));
                Document one = fast.run("{'find': 'large', 'limit': 1, 'projection': {'_id': 1}}");
                assertEquals(1, batch(one, "firstBatch").elements().size());
                bytesMax = Math.max(bytesMax, server.pendingBytes());
            }
        } finally {
            for (RawClient client : slow) {
                client.close();
            }
        }
        long wholeBytes = 2L * PART_COUNT * (PART_BYTES + 1_000);
        assertTrue(bytesMax <= LIMITS.answerBytesMax() + wholeBytes, "" + bytesMax);
    }

    @Test
    void who_takes_large_answers_gets_them_whole_although_others_want_theirs() throws Exception {
        insertDocuments(PART_COUNT);
        List<Integer> counts = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 12; i++) {
            boolean isSingle = i % 2 == 0;
            others.add(Thread.ofVirtual().start(() -> counts.add(readAll(isSingle))));
        }
        for (Thread other : others) {
            other.join();
        }
        assertEquals(Collections.nCopies(12, PART_COUNT), counts);
    }

    private int readAll(boolean isSingle) {
        try (RawClient client = new RawClient(server.port())) {
            Document answer = client.run("{'find': 'large', 'singleBatch': " + isSingle + "}");
            int count = batch(answer, "firstBatch").elements().size();
            while (((Document) answer.get("cursor")).get("id") instanceof Int64Value id
                    && id.value() != 0) {
                DocumentBuilder more = Document.builder().put("getMore", id);
                answer = client.run(more.put("collection", "large").put("$db", "test").build());
                count += batch(answer, "nextBatch").elements().size();
            }
            return count;
        } catch (IOException | MalformedMessageException failure) {
            throw new AssertionError(failure);
        }
    }

    private static ArrayValue batch(Document answer, String name) {
        assertEquals(Value.of(1.0), answer.get("ok"), answer::toString);
        return (ArrayValue) ((Document) answer.get("cursor")).get(name);
    }

    private void awaitClients(int count) throws IOException {
        Await.until("there are " + count, () -> server.connectionCount() == count);
    }
}
