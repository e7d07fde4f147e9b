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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Transactions through a server, as the shell uses it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RemoteSessionTest {

    private static final String BUCKET_SCRIPT =
            """
            db.bucket('b').get('k')
            db.bucket('b').list()
            db.bucket('b').drop()
            db.bucket('b').put('k/1 ü', 'text ü')
            db.bucket('b').put('l', Binary('/w=='))
            db.bucket('b').get('k/1 ü')
            db.bucket('b').get('l')
            db.bucket('b').list()
            db.bucket('b').list('l')
            db.bucket('b').delete('l')
            db.bucket('b').delete('l')
            db.bucket('b').put('l', 5)
            db.bucket('b').drop()
            db.bucket('b').list()
            """;

    private static final String BUCKET_ANSWERS =
            """
            null
            []
            false
            { ok: 1 }
            { ok: 1 }
            text ü
            Binary("/w==", "00")
            [ { key: "k/1 ü", bytes: 7 }, { key: "l", bytes: 1 } ]
            [ { key: "l", bytes: 1 } ]
            { ok: 1 }
            NoSuchKey
            MongoError: a blob is text or Binary
            true
            []""";

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

    @Test
    void buckets_work_as_in_this_process() {
        try (Backend embedded = new EmbeddedBackend(Path.of("memory"), Smilodon.inMemory())) {
            for (Backend each : List.of(backend, embedded)) {
                List<String> answers = new ArrayList<>();
                try (Script script = new Script(each, "test", answers::add)) {
                    BUCKET_SCRIPT.lines().forEach(line -> answers.add(answer(script, line)));
                }
                assertEquals(BUCKET_ANSWERS, String.join("\n", answers), each.place());
            }
        }
    }

    private static String answer(Script script, String line) {
        try {
            return script.evaluate(line, "test");
        } catch (ShellException failure) {
            return failure.getMessage().contains("NoSuchKey") ? "NoSuchKey" : failure.getMessage();
        }
    }
}
