package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Change streams of RESTHeart's clients, over real sockets. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestheartStreamsTest {

    private static final String MOVIES = "/restheart/cinema/movies";

    private static final String DEFINITIONS =
            """
            {"streams": [{"uri": "recent", "stages": [
              {"$match": {"fullDocument.year": {"$gte": {"$var": "from"}}}},
              {"$ifvar": ["short", {"$project": {"documentKey": 1}}]}]}]}
            """;

    private static final String FROM = "avars=" + Http.encoded("{\"from\": 1995}");

    private final TestServer server = new TestServer();

    @BeforeEach
    void define() {
        server.insertMovies(1);
        String[] type = {"Content-Type", "application/json"};
        assertEquals(200, server.http().send("PATCH", MOVIES, DEFINITIONS, type).status());
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void insert(int id, int year) {
        String json = "{\"_id\": %d, \"year\": %d}".formatted(id, year);
        assertEquals(201, server.http().post(MOVIES, json).status());
    }

    private static String data(Iterator<String> lines) {
        String line = lines.next();
        while (!line.startsWith("data: ")) {
            line = lines.next();
        }
        return line.substring(6);
    }

    @Test
    void events_that_the_stages_let_through_are_sent() {
        try (Stream<String> stream = server.http().lines(MOVIES + "/_streams/recent?" + FROM)) {
            Iterator<String> lines = stream.iterator();
            assertTrue(lines.next().startsWith(": watching "));
            insert(1, 1990);
            insert(2, 1999);
            String event = data(lines);
            assertTrue(event.contains("\"fullDocument\":{\"_id\":2,\"year\":1999}"), event);
        }
    }

    @Test
    void they_are_messages_of_a_socket_too() throws InterruptedException {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        WebSocket.Listener listener =
                new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(
                            WebSocket socket, CharSequence data, boolean last) {
                        received.add(data.toString());
                        socket.request(1);
                        return null;
                    }
                };
        String variables = "avars=" + Http.encoded("{\"from\": 1995, \"short\": true}");
        URI address =
                URI.create(
                        "ws://localhost:%d%s/_streams/recent?%s"
                                .formatted(server.http().port(), MOVIES, variables));
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = client.newWebSocketBuilder().buildAsync(address, listener).join();
            insert(1, 1990);
            insert(2, 1999);
            String event = String.valueOf(received.poll(30, TimeUnit.SECONDS));
            assertTrue(event.contains("\"documentKey\":{\"_id\":2}"), event);
            assertTrue(!event.contains("fullDocument"), event);
            socket.abort();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'_streams/recent', 400",
        "'_streams/none', 404",
        "'_streams/recent?avars=%7Bfrom%3A%7B%24gt%3A1%7D%7D', 400",
        "'_streams/recent?avars=%7Bfrom%3A1%7D&pipeline=%5B%5D', 400",
        "'_streams/recent?avars=%7Bfrom%3A1%7D&resumeAfter=x', 400",
    })
    void what_cannot_be_followed_is_told(String path, int status) {
        Http.Answer answer = server.http().get(MOVIES + "/" + path);
        assertEquals(status, answer.status(), answer.text());
    }
}
