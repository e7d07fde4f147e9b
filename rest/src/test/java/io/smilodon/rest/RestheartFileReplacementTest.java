package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Smilodon;
import io.smilodon.database.files.FileUpload;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What readers get of a file while it is replaced or damaged, over real sockets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestheartFileReplacementTest {

    private static final String BUCKET = "/restheart/media/photos.files";
    private static final int WRITERS = 3;
    private static final String FILE = BUCKET + "/a";

    private final TestServer server = new TestServer(Smilodon.inMemory());
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void create() {
        assertEquals(201, server.http().send("PUT", "/restheart/media", "").status());
        assertEquals(201, server.http().send("PUT", BUCKET, "").status());
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private static byte[] bytes(int number) {
        byte[] bytes = new byte[number * 300_000];
        Arrays.fill(bytes, (byte) number);
        return bytes;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://localhost:" + server.http().port() + path));
    }

    private int put(int number) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        String head =
                "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
        form.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        form.writeBytes(bytes(number));
        form.writeBytes("\r\n--xyz--\r\n".getBytes(StandardCharsets.US_ASCII));
        HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofByteArray(form.toByteArray());
        return send(request(FILE)
                        .PUT(body)
                        .header("Content-Type", "multipart/form-data; boundary=xyz"))
                .statusCode();
    }

    private HttpResponse<byte[]> read(String... headers) {
        HttpRequest.Builder request = request(FILE + "/binary");
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private void readWhole() {
        HttpResponse<byte[]> found = read();
        assertEquals(200, found.statusCode());
        assertArrayEquals(bytes(found.body()[0]), found.body());
    }

    private Void write(AtomicInteger working) {
        try {
            for (int number = 1; number <= 10; number++) {
                assertEquals(200, put(number));
            }
            return null;
        } finally {
            working.decrementAndGet();
        }
    }

    private Void readWhile(AtomicInteger working) {
        do {
            readWhole();
        } while (working.get() > 0);
        return null;
    }

    @Test
    void readers_beside_writers_always_get_a_whole_file() throws Exception {
        assertEquals(201, put(1));
        AtomicInteger working = new AtomicInteger(WRITERS);
        List<Callable<Void>> all = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            all.add(() -> write(working));
            all.add(() -> readWhile(working));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(all.size())) {
            for (Future<Void> each : threads.invokeAll(all)) {
                each.get();
            }
        }
        assertEquals(
                (3_000_000 + FileUpload.CHUNK_BYTES - 1) / FileUpload.CHUNK_BYTES,
                server.smilodon()
                        .database("media")
                        .collection("photos.chunks")
                        .count(Document.EMPTY));
    }

    @Test
    void a_file_without_its_first_chunk_is_told_before_anything_is_sent() {
        put(1);
        server.smilodon()
                .database("media")
                .collection("photos.chunks")
                .deleteOne(Document.of("n", Value.of(0)));
        HttpResponse<byte[]> answer = read();
        assertEquals(400, answer.statusCode());
        String told = new String(answer.body(), StandardCharsets.UTF_8);
        assertTrue(told.contains("\"code\":96"), told);
        assertTrue(told.contains("missing"), told);
        HttpResponse<byte[]> rest = read("Range", "bytes=" + FileUpload.CHUNK_BYTES + "-");
        assertEquals(206, rest.statusCode());
        assertEquals(300_000 - FileUpload.CHUNK_BYTES, rest.body().length);
    }
}
