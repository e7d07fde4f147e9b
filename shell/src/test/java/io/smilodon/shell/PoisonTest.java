package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.Value;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose disk fails a sync stops writing, and ends so that it can be started anew. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PoisonTest {

    private static final String COLLECTION = "/api/v1/dbs/test/collections/stream";
    private static final List<String> FAILING_SYNC =
            List.of("-Dsmilodon.failpoints=log.beforeSync:9:throw");

    @TempDir private Path directory;

    /** Inserts until that fails; says how many were acknowledged. */
    private static int insertUntilRefused(RestClient client) {
        for (int id = 0; id < 1_000; id++) {
            Document body = Document.of("document", Document.of("_id", Value.of(id)));
            try {
                if (client.sendAny("POST", COLLECTION + "/insertOne", Optional.of(body)).status()
                        >= 400) {
                    return id;
                }
            } catch (ShellException gone) {
                return id;
            }
        }
        throw new AssertionError("no sync failed");
    }

    private ChildProgram serve(List<String> javaOptions, String... more) throws Exception {
        String[] arguments = {"serve", "--data", directory.toString(), "--port", "0"};
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return ChildProgram.start(javaOptions, all);
    }

    @Test
    void a_poisoned_server_ends_with_75_and_the_next_one_has_what_was_acknowledged()
            throws Exception {
        int acknowledged;
        try (ChildProgram server = serve(FAILING_SYNC);
                RestClient client = new RestClient(URI.create(server.url()))) {
            acknowledged = insertUntilRefused(client);
            assertEquals(75, server.await(), server.output());
            assertTrue(server.output().contains("poisoned"), server.output());
        }
        assertTrue(acknowledged > 0);
        try (ChildProgram server = serve(List.of());
                RestClient client = new RestClient(URI.create(server.url()))) {
            Document answer = client.post(COLLECTION + "/count", Document.EMPTY);
            long found = ((NumberValue) answer.get("count")).toLong();
            assertTrue(
                    found == acknowledged || found == acknowledged + 1,
                    () -> found + " of " + acknowledged);
        }
    }

    @Test
    void a_poisoned_server_that_is_to_stay_says_so() throws Exception {
        try (ChildProgram server = serve(FAILING_SYNC, "--no-exit-on-poison");
                RestClient client = new RestClient(URI.create(server.url()))) {
            int acknowledged = insertUntilRefused(client);

            RestClient.Answer ready = client.sendAny("GET", "/health/ready", Optional.empty());
            assertEquals(503, ready.status());
            Document store = (Document) ((Document) ready.body().get("checks")).get("store");
            assertEquals(Value.of("poisoned"), store.get("state"));
            assertTrue(store.has("reason"));
            Document count = client.post(COLLECTION + "/count", Document.EMPTY);
            assertEquals(acknowledged, ((NumberValue) count.get("count")).toLong());
        }
    }
}
