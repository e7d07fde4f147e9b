package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Smilodon;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.testing.Await;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.NumberValue;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Watching over real WebSockets. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SocketWatchTest {

    private final TestServer test = new TestServer();
    private final Http http = test.http();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.shutdownNow();
        test.close();
    }

    /** What a server sent: whole messages, pings, and how it closed. */
    private static final class Messages implements WebSocket.Listener {

        private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                received.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
            received.add("ping");
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            received.add("close " + code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            received.add("error " + error);
        }

        String next() throws InterruptedException {
            String message = received.poll(30, TimeUnit.SECONDS);
            assertTrue(message != null, "nothing came");
            return message;
        }

        Document event() throws InterruptedException {
            return ExtendedJson.readDocument(next());
        }

        /** The close, after messages that may come before it. */
        String close() throws InterruptedException {
            String message = next();
            while (!message.startsWith("close ") && !message.startsWith("error ")) {
                message = next();
            }
            return message;
        }
    }

    private Messages watch(String path, String... headers) {
        Messages messages = new Messages();
        connect(path, messages, headers);
        return messages;
    }

    private WebSocket connect(String path, WebSocket.Listener listener, String... headers) {
        URI address = URI.create("ws://localhost:" + test.server().port() + path);
        WebSocket.Builder builder = client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder.buildAsync(address, listener).join();
    }

    private void insert(int id) {
        assertEquals(201, http.post(MOVIES + "/documents", "{\"_id\": " + id + "}").status());
    }

    private static Document key(Document event) {
        return (Document) event.get("documentKey");
    }

    @Test
    void each_message_is_an_event_and_its_token_goes_on_behind_it() throws Exception {
        Messages first = watch(MOVIES + "/watch");
        insert(1);
        Document event = first.event();
        assertEquals(Value.of("insert"), event.get("operationType"));
        assertEquals(Document.of("_id", Value.of(1)), key(event));
        assertEquals(Document.of("_id", Value.of(1)), event.get("fullDocument"));
        insert(2);
        String token = ((StringValue) ((Document) event.get("_id")).get("_data")).value();
        Messages again = watch(MOVIES + "/watch?resumeAfter=" + token);
        assertEquals(Document.of("_id", Value.of(2)), key(again.event()));
        assertEquals(Document.of("_id", Value.of(2)), key(first.event()));
    }

    @Test
    void a_database_and_all_of_them_can_be_watched_through_a_pipeline() throws Exception {
        String pipeline =
                "?pipeline=" + Http.encoded("[{\"$match\": {\"operationType\": \"delete\"}}]");
        Messages ofOne = watch("/api/v1/dbs/cinema/watch" + pipeline);
        Messages ofAll = watch("/api/v1/watch" + pipeline + "&jsonMode=canonical");
        insert(1);
        assertEquals(204, http.send("DELETE", MOVIES + "/documents/int:1", "").status());
        assertEquals(Value.of("delete"), ofOne.event().get("operationType"));
        assertTrue(ofAll.next().contains("\"documentKey\":{\"_id\":{\"$numberInt\":\"1\"}}"));
    }

    @Test
    void a_large_event_is_one_message() throws Exception {
        Messages messages = watch(MOVIES + "/watch");
        String text = "x".repeat(3 << 20);
        http.post(MOVIES + "/documents", "{\"_id\": 1, \"text\": \"" + text + "\"}");
        Document whole = (Document) messages.event().get("fullDocument");
        assertEquals(Value.of(text), whole.get("text"));
    }

    @Test
    void the_end_of_the_collection_closes_the_socket() throws Exception {
        insert(1);
        Messages messages = watch(MOVIES + "/watch");
        http.send("DELETE", MOVIES, "");
        assertEquals(Value.of("drop"), messages.event().get("operationType"));
        assertEquals(Value.of("invalidate"), messages.event().get("operationType"));
        assertEquals("close 1000 ", messages.next());
    }

    @Test
    void stopping_the_server_closes_every_socket() throws Exception {
        Messages ofOne = watch(MOVIES + "/watch");
        Messages ofAll = watch("/api/v1/watch");
        insert(1);
        ofOne.event();
        test.server().close();
        assertTrue(ofOne.close().startsWith("close 1001 91 ShutdownInProgress"));
        assertTrue(ofAll.close().startsWith("close 1001 91 ShutdownInProgress"));
    }

    @Test
    void a_watch_is_an_operation_that_is_listed_and_can_be_ended() throws Exception {
        Messages messages = watch(MOVIES + "/watch");
        insert(1);
        messages.event();
        Document listed = (Document) ((ArrayValue) http.get("/api/v1/ops").get("ops")).get(0);
        assertEquals(Value.of("cinema.movies"), listed.get("ns"));
        String id = ((NumberValue) listed.get("opid")).toLong() + "";
        assertEquals(204, http.send("DELETE", "/api/v1/ops/" + id, "").status());
        assertTrue(messages.next().startsWith("close 1008 11601 Interrupted: "));
        awaitNoOperation();
    }

    @Test
    void who_leaves_leaves_nothing_behind() throws Exception {
        Messages polite = new Messages();
        WebSocket leaving = connect(MOVIES + "/watch", polite);
        WebSocket cut = connect(MOVIES + "/watch", new Messages());
        leaving.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        cut.abort();
        awaitNoOperation();
        assertTrue(polite.close().startsWith("close 1000"));
    }

    private void awaitNoOperation() {
        Await.until(
                "nothing runs", () -> http.get("/api/v1/ops").get("ops").equals(ArrayValue.of()));
    }

    @Test
    void what_a_client_sends_is_passed_over_unless_it_is_long() throws Exception {
        Messages messages = new Messages();
        WebSocket socket = connect(MOVIES + "/watch", messages);
        socket.sendText("hello", true).join();
        insert(1);
        assertEquals(Value.of("insert"), messages.event().get("operationType"));
        socket.sendText("x".repeat(5_000), true).join();
        assertTrue(messages.close().startsWith("close 1009"));
        awaitNoOperation();
    }

    @ParameterizedTest
    @CsvSource({
        "maxTimeMS=-1, 1008 51024 Location51024",
        "pipeline=7, 1008 9 FailedToParse: A pipeline is an array of stages",
        "startAfter=xyz, 1008 260 InvalidResumeToken",
        "'pipeline=[{\"$unset\": \"_id\"}]', 1008 280 ChangeStreamFatalError",
    })
    void errors_are_told_by_code_and_reason(String parameter, String expected) throws Exception {
        String[] parts = parameter.split("=");
        Messages messages = watch(MOVIES + "/watch?" + parts[0] + "=" + Http.encoded(parts[1]));
        insert(1);
        String close = messages.next();
        assertTrue(close.startsWith("close " + expected), close);
    }

    @ParameterizedTest
    @CsvSource({"http://evil.example", "null", "https://localhost", "http://localhost:1"})
    void pages_of_other_origins_get_no_socket(String origin) {
        CompletionException refused =
                assertThrows(
                        CompletionException.class,
                        () -> watch(MOVIES + "/watch", "Origin", origin));
        WebSocketHandshakeException handshake = (WebSocketHandshakeException) refused.getCause();
        assertEquals(403, handshake.getResponse().statusCode());
        assertEquals(ArrayValue.of(), http.get("/api/v1/ops").get("ops"));
        watch(MOVIES + "/watch", "Origin", "http://localhost:" + test.server().port());
    }

    @Test
    void handshakes_for_other_hosts_or_other_routes_or_versions_are_refused() throws Exception {
        assertTrue(handshake(test.server(), MOVIES + "/watch", "evil.example", 13).contains("421"));
        assertTrue(handshake(test.server(), MOVIES + "/find", "localhost", 13).contains("404"));
        assertTrue(handshake(test.server(), MOVIES + "/watch", "localhost", 13).contains("101"));
        String old = handshake(test.server(), MOVIES + "/watch", "localhost", 7);
        assertTrue(!old.contains(" 101 "), old);
        awaitNoOperation();
    }

    /** Nothing is kept of who has called: Javalin would begin a session at each handshake. */
    @Test
    void a_handshake_begins_no_session_and_a_refusal_is_a_problem_document() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", test.server().port())) {
            handshake(socket, MOVIES + "/watch", "localhost", 13);
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) socket.getInputStream().read());
            }
            assertTrue(head.indexOf("Sec-WebSocket-Accept") > 0, head.toString());
            assertTrue(head.indexOf("Cookie") < 0, head.toString());
        }
        try (Socket socket = new Socket("127.0.0.1", test.server().port())) {
            handshake(socket, MOVIES + "/watch?jsonMode=x", "localhost", 13);
            socket.shutdownOutput();
            String rest = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            assertTrue(rest.contains(Problem.MEDIA_TYPE), rest);
            assertTrue(rest.contains("relaxed, canonical or plain"), rest);
            assertTrue(!rest.contains("Cookie"), rest);
        }
    }

    /** The status line that answers a handshake. */
    private static String handshake(RestServer server, String path, String host, int version)
            throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            return handshake(socket, path, host, version);
        }
    }

    private static String handshake(Socket socket, String path, String host, int version)
            throws IOException {
        String request =
                "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                                .formatted(path, host)
                        + "Sec-WebSocket-Version: %d\r\n".formatted(version)
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        InputStream input = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int c = input.read(); c >= 0 && c != '\r'; c = input.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    @Test
    void sockets_count_among_the_connections() throws Exception {
        RestOptions options = RestOptions.DEFAULTS.withPort(0).withConnections(2, 200);
        try (Smilodon smilodon = Smilodon.inMemory();
                RestServer server = RestServer.start(smilodon, options);
                Socket first = new Socket("127.0.0.1", server.port());
                Socket second = new Socket("127.0.0.1", server.port())) {
            for (Socket each : new Socket[] {first, second}) {
                assertTrue(handshake(each, MOVIES + "/watch", "localhost", 13).contains("101"));
            }
            try (Socket third = new Socket("127.0.0.1", server.port())) {
                String answer;
                try {
                    answer = handshake(third, "/health/live", "localhost", 13);
                } catch (IOException ended) {
                    answer = "";
                }
                assertEquals("", answer);
            }
        }
    }

    /** Of what such a client is behind, nothing waits in memory: the log has it. */
    @Test
    void a_client_that_takes_nothing_is_closed_and_holds_nothing() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", test.server().port())) {
            assertTrue(handshake(socket, MOVIES + "/watch", "localhost", 13).contains("101"));
            String text = "x".repeat(1 << 20);
            for (int i = 0; i < 24; i++) {
                http.post(MOVIES + "/documents", "{\"_id\": %d, \"t\": \"%s\"}".formatted(i, text));
            }
            awaitNoOperation();
            byte[] rest = socket.getInputStream().readAllBytes();
            assertTrue(rest.length < 24 << 20, "it got only what the network had taken");
        } catch (java.net.SocketException cut) {
            awaitNoOperation();
        }
    }

    @Test
    void the_description_says_which_routes_take_a_handshake() {
        Document paths = (Document) http.get("/api/v1/openapi.json").get("paths");
        Document get = (Document) ((Document) paths.get("/api/v1/watch")).get("get");
        assertTrue(((Document) get.get("responses")).has("101"));
    }
}
