package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.Limits;
import io.smilodon.engine.value.ArrayValue;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.StringValue;
import io.smilodon.engine.value.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BucketRoutesTest {

    private static final String BUCKET = "/api/v1/buckets/photos";
    private static final String BLOB = BUCKET + "/lake.jpg";

    private final TestServer test = new TestServer();
    private final Http http = test.http();

    @AfterEach
    void stop() {
        test.close();
    }

    private Http.Answer put(String path, String text, String... headers) {
        return http.send("PUT", path, text, headers);
    }

    // ---- One blob

    @Test
    void bytes_come_back_as_they_were_put() throws Exception {
        byte[] blob = new byte[300_000];
        new Random(7).nextBytes(blob);
        URI uri = URI.create("http://localhost:" + test.server().port() + BLOB);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest put =
                    HttpRequest.newBuilder(uri)
                            .header("Content-Type", "image/jpeg")
                            .PUT(HttpRequest.BodyPublishers.ofByteArray(blob))
                            .build();
            assertEquals(
                    201, client.send(put, HttpResponse.BodyHandlers.discarding()).statusCode());
            HttpResponse<byte[]> got =
                    client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofByteArray());

            assertArrayEquals(blob, got.body());
            String type = got.headers().firstValue("Content-Type").orElse("");
            assertTrue(type.startsWith("application/octet-stream"), type);
            assertEquals("nosniff", got.headers().firstValue("X-Content-Type-Options").orElse(""));
        }
    }

    @Test
    void a_blob_is_created_replaced_and_deleted() {
        Http.Answer created = put(BLOB, "one");
        assertEquals(201, created.status(), created.text());
        assertEquals(BLOB, created.header("Location"));
        Http.Answer replaced = put(BLOB, "two");
        assertEquals(204, replaced.status());

        Http.Answer got = http.get(BLOB);
        assertEquals("two", got.text());
        assertEquals(replaced.header("ETag"), got.header("ETag"));
        Http.Answer head = http.send("HEAD", BLOB, "");
        assertEquals(200, head.status());
        assertEquals("3", head.header("Content-Length"));
        assertEquals("", head.text());

        assertEquals(204, http.send("DELETE", BLOB, "").status());
        assertEquals(404, http.send("DELETE", BLOB, "").status());
        Http.Answer missing = http.get(BLOB);
        assertEquals(404, missing.status());
        assertEquals(Value.of(4), missing.get("code"));
        assertEquals(Value.of("NoSuchKey"), missing.get("codeName"));
    }

    @Test
    void an_empty_blob_is_a_blob() {
        assertEquals(201, put(BLOB, "").status());
        assertEquals(200, http.get(BLOB).status());
        assertEquals("", http.get(BLOB).text());
    }

    @Test
    void conditions_hold_or_nothing_happens() {
        assertEquals(412, put(BLOB, "x", "If-Match", "*").status());
        String first = put(BLOB, "one", "If-None-Match", "*").header("ETag");
        assertEquals(412, put(BLOB, "x", "If-None-Match", "*").status());
        assertEquals(304, http.get(BLOB, "If-None-Match", first).status());

        String second = put(BLOB, "two", "If-Match", first).header("ETag");
        assertEquals(412, put(BLOB, "x", "If-Match", first).status());
        assertEquals(200, http.get(BLOB, "If-None-Match", first).status());
        assertEquals(412, http.send("DELETE", BLOB, "", "If-Match", first).status());
        assertEquals(400, put(BLOB, "x", "If-Match", "nonsense").status());
        assertEquals("two", http.get(BLOB).text());
        assertEquals(204, http.send("DELETE", BLOB, "", "If-Match", second).status());
    }

    /** Whatever a path can carry: each is a key of its own. */
    @Test
    void keys_may_hold_slashes_spaces_and_all_of_unicode() {
        List<String> keys =
                List.of(
                        "a", "a/", "a/b", "a b", "a+b", "a%b", "%61", "ä", "🦷", "a?b", "a#b",
                        "a;b");
        for (String key : keys) {
            String path = BUCKET + "/" + Http.encoded(key).replace("%2F", "/");
            Http.Answer answer = put(path, key);
            assertEquals(201, answer.status(), () -> key + ": " + answer.text());
        }
        for (String key : keys) {
            String path = BUCKET + "/" + Http.encoded(key).replace("%2F", "/");
            assertEquals(key, http.get(path).text());
            assertTrue(test.smilodon().bucket("photos").get(key).isPresent(), key);
        }
    }

    @Test
    void bad_names_and_keys_are_refused() {
        Http.Answer name = put("/api/v1/buckets/a%24b/k", "x");
        assertEquals(400, name.status());
        assertEquals(Value.of(73), name.get("code"));

        String longest = "k".repeat(Limits.BUCKET_KEY_BYTES_MAX);
        assertEquals(201, put(BUCKET + "/" + longest, "x").status());
        Http.Answer key = put(BUCKET + "/" + longest + "k", "x");
        assertEquals(400, key.status());
        assertEquals(Value.of(2), key.get("code"));
    }

    // ---- Limits

    @Test
    void the_largest_blob_is_taken() {
        String largest = "x".repeat(Limits.VALUE_BYTES_MAX);
        assertEquals(201, put(BLOB, largest).status());
        assertEquals(largest.length(), http.get(BLOB).text().length());
    }

    /** The client has sent no byte of the body when the answer comes. */
    @Test
    void a_blob_that_says_it_is_too_large_is_refused_unread() throws IOException {
        try (Socket socket = new Socket("localhost", test.server().port())) {
            send(socket, "Content-Length: " + (Limits.VALUE_BYTES_MAX + 1));
            assertTrue(statusLine(socket).contains("413"));
        }
        assertEquals(404, http.get(BLOB).status());
    }

    /** Nobody says how large it is: what is over the limit is not read. */
    @Test
    void a_blob_that_does_not_end_is_refused_at_the_limit() throws IOException {
        try (Socket socket = new Socket("localhost", test.server().port())) {
            send(socket, "Transfer-Encoding: chunked");
            byte[] chunk = new byte[1 << 20];
            OutputStream out = socket.getOutputStream();
            for (int sent = 0; sent <= Limits.VALUE_BYTES_MAX; sent += chunk.length) {
                out.write(
                        (Integer.toHexString(chunk.length) + "\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                out.write(chunk);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.flush();
            assertTrue(statusLine(socket).contains("413"));
        }
        assertEquals(404, http.get(BLOB).status());
    }

    private void send(Socket socket, String header) throws IOException {
        socket.setSoTimeout(10_000);
        String head =
                "PUT "
                        + BLOB
                        + " HTTP/1.1\r\nHost: localhost:"
                        + test.server().port()
                        + "\r\n"
                        + header
                        + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static String statusLine(Socket socket) throws IOException {
        return new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
    }

    // ---- Lists

    private static List<String> texts(Value array, String field) {
        List<String> texts = new ArrayList<>();
        for (Value each : ((ArrayValue) array).elements()) {
            Value text = field.isEmpty() ? each : ((Document) each).get(field);
            texts.add(((StringValue) text).value());
        }
        return texts;
    }

    @Test
    void keys_are_listed_by_prefix_a_part_at_a_time() {
        for (String key : List.of("a/1", "a/2", "a/3", "b")) {
            put(BUCKET + "/" + key, key);
        }

        Http.Answer first = http.get(BUCKET + "?prefix=a/&limit=2");
        assertEquals(200, first.status(), first.text());
        assertEquals(List.of("a/1", "a/2"), texts(first.get("blobs"), "key"));
        String next = ((StringValue) first.get("next")).value();
        Http.Answer second = http.get(BUCKET + "?prefix=a/&limit=2&next=" + next);
        assertEquals(List.of("a/3"), texts(second.get("blobs"), "key"));
        assertFalse(second.json().has("next"));
        Document entry = (Document) ((ArrayValue) first.get("blobs")).elements().getFirst();
        assertEquals(Value.of(3), entry.get("bytes"));
        assertEquals(Value.of(http.get(BUCKET + "/a/1").header("ETag")), entry.get("etag"));
    }

    @Test
    void a_key_that_is_no_text_is_listed_as_binary() {
        byte[] key = {(byte) 0xff, 0};
        test.smilodon().bucket("photos").put(key, key);

        Http.Answer list = http.get(BUCKET + "?limit=1");

        assertTrue(list.text().contains("\"$binary\""), list.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=1001", "?limit=x", "?next=%21"})
    void wrong_parameters_are_refused(String query) {
        put(BLOB, "x");
        assertEquals(400, http.get(BUCKET + query).status());
        assertEquals(400, http.get("/api/v1/buckets" + query).status());
    }

    @Test
    void buckets_are_listed_and_dropped() {
        put("/api/v1/buckets/a/k", "x");
        put("/api/v1/buckets/b/k", "x");
        Http.Answer first = http.get("/api/v1/buckets?limit=1");
        String next = ((StringValue) first.get("next")).value();
        assertEquals(List.of("a"), texts(first.get("buckets"), ""));
        assertEquals(
                List.of("b"), texts(http.get("/api/v1/buckets?next=" + next).get("buckets"), ""));

        assertEquals(204, http.send("DELETE", "/api/v1/buckets/a", "").status());
        assertEquals(404, http.send("DELETE", "/api/v1/buckets/a", "").status());
        assertEquals(List.of("b"), texts(http.get("/api/v1/buckets").get("buckets"), ""));
        Http.Answer gone = http.get("/api/v1/buckets/a");
        assertEquals(404, gone.status());
        assertEquals(Value.of(26), gone.get("code"));
    }
}
