package io.smilodon.rest;

import static io.smilodon.rest.TestServer.MOVIES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedSmile;
import io.smilodon.engine.codec.JsonMode;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.ObjectId;
import io.smilodon.engine.value.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies and answers in Smile. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SmileTest {

    private static final String SMILE = "application/x-jackson-smile";

    private final TestServer test = new TestServer();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        test.close();
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://localhost:" + test.server().port() + path));
    }

    private static HttpRequest.BodyPublisher smile(Value value) {
        return HttpRequest.BodyPublishers.ofByteArray(
                ExtendedSmile.write(value, JsonMode.CANONICAL));
    }

    private HttpResponse<byte[]> post(String path, Value body) throws Exception {
        return send(
                request(path)
                        .header("Content-Type", SMILE)
                        .header("Accept", SMILE)
                        .POST(smile(body)));
    }

    private static Document read(HttpResponse<byte[]> answer) {
        assertEquals(SMILE, answer.headers().firstValue("Content-Type").orElse(""));
        return ExtendedSmile.readBody(answer.body());
    }

    private static Document movie(int id) {
        return Document.builder()
                .put("_id", id)
                .put("of", new ObjectId(1, 2, 3))
                .put("views", 1L << 50)
                .build();
    }

    @Test
    void documents_and_lists_of_them_go_in_and_out() throws Exception {
        assertEquals(201, post(MOVIES + "/documents", movie(1)).statusCode());
        Document many = read(post(MOVIES + "/documents", ArrayValue.of(movie(2), movie(3))));
        assertEquals(Value.of(2), many.get("insertedCount"), many.toString());

        Document one = read(send(request(MOVIES + "/documents/int:1").header("Accept", SMILE)));
        Document all = read(send(request(MOVIES + "/documents").header("Accept", SMILE)));
        Document found =
                read(
                        post(
                                MOVIES + "/find",
                                Document.of("filter", Document.of("_id", Value.of(2)))));

        assertEquals(movie(1), one);
        assertEquals(ArrayValue.of(movie(1), movie(2), movie(3)), all.get("documents"));
        assertEquals(ArrayValue.of(movie(2)), found.get("documents"));
    }

    @Test
    void a_body_may_replace_and_change_and_command() throws Exception {
        post(MOVIES + "/documents", movie(1));
        Document changed = movie(1).with("n", Value.of(1));
        HttpRequest.Builder put =
                request(MOVIES + "/documents/int:1")
                        .header("Content-Type", SMILE)
                        .PUT(smile(changed.without("_id")));
        assertEquals(200, send(put).statusCode());
        HttpRequest.Builder patch =
                request(MOVIES + "/documents/int:1")
                        .header("Content-Type", SMILE)
                        .method("PATCH", smile(Document.of("$inc", Document.of("n", Value.of(1)))));
        assertEquals(200, send(patch).statusCode());
        Document count =
                read(post("/api/v1/dbs/cinema/command", Document.of("count", Value.of("movies"))));
        assertEquals(Value.of(1), count.get("n"));
        Document query = Document.of("query", Value.of("{ movies { n } }"));
        Document answer = read(post("/api/v1/dbs/cinema/graphql", query));
        assertTrue(answer.toString().contains("n: 2"), answer.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/x-jackson-smile                             | smile",
                "Application/X-Jackson-Smile                             | smile",
                "application/x-jackson-smile, */*                        | smile",
                "application/x-jackson-smile, application/json;q=0.9     | smile",
                "application/x-jackson-smile; mode=canonical             | smile",
                "application/x-jackson-smile, application/json           | json",
                "application/json, application/x-jackson-smile;q=0.5     | json",
                "application/x-jackson-smile;q=0                         | json",
                "application/x-jackson-smile;q=x                         | json",
                "*/*                                                     | json",
            })
    void the_client_says_what_it_wants(String accept, String expected) throws Exception {
        HttpResponse<byte[]> answer = send(request("/api/v1/dbs").header("Accept", accept));
        String type = answer.headers().firstValue("Content-Type").orElse("");
        assertEquals(expected.equals("smile"), type.equals(SMILE), type);
        assertEquals("Accept", answer.headers().firstValue("Vary").orElse(""));
    }

    @Test
    void modes_are_those_of_json() throws Exception {
        post(MOVIES + "/documents", movie(1));
        String accept = SMILE + "; mode=canonical";
        HttpResponse<byte[]> answer =
                send(request(MOVIES + "/documents/int:1").header("Accept", accept));
        assertEquals(movie(1), read(answer));
        String hex = new String(answer.body(), StandardCharsets.ISO_8859_1);
        assertTrue(hex.contains("$numberLong"), hex);
    }

    @Test
    void errors_are_told_in_json() throws Exception {
        HttpRequest.Builder broken =
                request(MOVIES + "/documents")
                        .header("Content-Type", SMILE)
                        .header("Accept", SMILE)
                        .POST(HttpRequest.BodyPublishers.ofString("{}"));
        HttpResponse<byte[]> answer = send(broken);
        assertEquals(400, answer.statusCode());
        assertEquals(Problem.MEDIA_TYPE, answer.headers().firstValue("Content-Type").orElse(""));
    }

    @Test
    void an_import_is_no_document() throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(MOVIES + "/import")
                        .header("Content-Type", SMILE)
                        .POST(smile(ArrayValue.of(movie(1))));
        HttpResponse<String> answer =
                client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("POST an array of documents"), answer.body());
    }
}
