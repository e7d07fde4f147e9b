package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Smilodon;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.error.SmilodonException;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import io.smilodon.rest.RestOptions;
import io.smilodon.rest.RestServer;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Transactions through a server, as the shell uses it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RemoteSessionTest {

    private final Smilodon smilodon = Smilodon.inMemory();
    private final RestServer server = RestServer.start(smilodon, RestOptions.DEFAULTS.withPort(0));
    private final Backend backend =
            new HttpBackend(URI.create("http://localhost:" + server.port()));

    @AfterEach
    void close() {
        backend.close();
        server.close();
        smilodon.close();
    }

    private Document run(Optional<String> transaction, String action, String body) {
        return backend.run(
                new Target(transaction, "test", "a"), action, ExtendedJson.readDocument(body));
    }

    @Test
    void statements_of_a_transaction_travel_with_its_id() {
        Optional<String> id = Optional.of(backend.begin(Document.EMPTY));
        run(id, "insertOne", "{\"document\": {\"_id\": 1}}");

        assertEquals(Value.of(0L), run(Optional.empty(), "count", "{}").get("count"));
        backend.commit(id.get());
        assertEquals(Value.of(1L), run(Optional.empty(), "count", "{}").get("count"));

        Optional<String> other = Optional.of(backend.begin(Document.EMPTY));
        run(other, "deleteMany", "{\"filter\": {}}");
        backend.abort(other.get());
        assertEquals(Value.of(1L), run(Optional.empty(), "count", "{}").get("count"));
        assertEquals(0, smilodon.transactions().openCount());
    }

    @Test
    void labels_of_errors_arrive() {
        SmilodonException error =
                assertThrows(
                        SmilodonException.class, () -> run(Optional.of("none"), "count", "{}"));

        assertEquals(251, error.code().number());
        assertTrue(error.labels().contains("TransientTransactionError"), error::getMessage);
    }
}
