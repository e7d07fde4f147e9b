package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.value.Document;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A server with a bucket of files for RESTHeart's routes, and a client of it over real sockets. */
final class FileServer implements AutoCloseable {

    /** The path of the bucket. */
    static final String BUCKET = "/restheart/media/photos.files";

    private final TestServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    FileServer(RestOptions options) {
        server = new TestServer(Smilodon.inMemory(), options);
        assertEquals(201, server.http().send("PUT", "/restheart/media", "").status());
        assertEquals(201, server.http().send("PUT", BUCKET, "").status());
    }

    Http http() {
        return server.http();
    }

    DocumentCollection collection(String name) {
        return server.smilodon().database("media").collection(name);
    }

    long chunkCount() {
        return collection("photos.chunks").count(Document.EMPTY);
    }

    /** A form of these parts, each from the rest of its first header on. */
    static byte[] form(String... parts) {
        StringBuilder form = new StringBuilder();
        for (String part : parts) {
            form.append("--xyz\r\nContent-Disposition: form-data; ").append(part).append("\r\n");
        }
        form.append("--xyz--\r\n");
        return form.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The part that is the file. */
    static String file(byte[] bytes) {
        String content = new String(bytes, StandardCharsets.ISO_8859_1);
        return "name=\"file\"; filename=\"lake.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n" + content;
    }

    HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                URI.create("http://localhost:" + server.http().port() + path))
                        .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Sends a form. */
    HttpResponse<byte[]> store(String method, String path, byte[] form, String... more) {
        String[] headers = Arrays.copyOf(more, more.length + 2);
        headers[more.length] = "Content-Type";
        headers[more.length + 1] = "multipart/form-data; boundary=xyz";
        return send(method, path, form, headers);
    }

    /** The bytes of the file at a path. */
    HttpResponse<byte[]> read(String path, String... headers) {
        return send("GET", path + "/binary", new byte[0], headers);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
