package io.smilodon.rest;

import static io.smilodon.rest.FileServer.BUCKET;
import static io.smilodon.rest.FileServer.file;
import static io.smilodon.rest.FileServer.form;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files by RESTHeart's routes, over real sockets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestheartFilesTest {

    private static final int SIZE_MAX = 3_000_000;
    private static final String METADATA = "{\"author\": \"ann\"}";

    private final FileServer server =
            new FileServer(RestOptions.DEFAULTS.withFileBytesMax(SIZE_MAX));

    @AfterEach
    void close() {
        server.close();
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static String metadata(String json) {
        return "name=\"metadata\"\r\n\r\n" + json;
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    @Test
    void a_file_comes_back_with_its_type_and_name() {
        byte[] bytes = bytes(700_000);
        HttpResponse<byte[]> stored =
                server.store("POST", BUCKET, form(metadata(METADATA), file(bytes)));
        assertEquals(201, stored.statusCode());
        String path = header(stored, "Location");
        HttpResponse<byte[]> found = server.read(path);
        assertEquals(200, found.statusCode());
        assertArrayEquals(bytes, found.body());
        assertEquals("image/jpeg", header(found, "Content-Type"));
        assertEquals("700000", header(found, "Content-Length"));
        assertEquals(header(stored, "ETag"), header(found, "ETag"));
        assertEquals(
                "inline; filename=\"lake.jpg\"; filename*=UTF-8''lake.jpg",
                header(found, "Content-Disposition"));
        assertEquals("sandbox", header(found, "Content-Security-Policy"));
        assertEquals("nosniff", header(found, "X-Content-Type-Options"));
        HttpResponse<byte[]> head = server.send("HEAD", path + "/binary", new byte[0]);
        assertEquals("700000", header(head, "Content-Length"));
        assertEquals(304, server.read(path, "If-None-Match", header(found, "ETag")).statusCode());
    }

    @Test
    void a_file_has_a_document() {
        byte[] form = form(file(bytes(10)), metadata("{\"_id\": \"a\", \"author\": \"ann\"}"));
        HttpResponse<byte[]> stored = server.store("POST", BUCKET, form);
        assertEquals(BUCKET + "/a", header(stored, "Location"));
        Document file = server.http().get(BUCKET + "/a").json();
        assertEquals(Value.of("lake.jpg"), file.get("filename"));
        assertEquals(Value.of(10), file.get("length"));
        assertEquals(
                ExtendedJson.readDocument("{\"author\": \"ann\", \"contentType\": \"image/jpeg\"}"),
                file.get("metadata"));
        assertTrue(server.http().get(BUCKET).text().contains("lake.jpg"));
        assertEquals(409, server.store("POST", BUCKET, form).statusCode());
        assertEquals(1, server.chunkCount());
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=10-19, 10, 20",
        "bytes=261119-261120, 261119, 261121",
        "bytes=299990-, 299990, 300000",
        "bytes=299990-999999, 299990, 300000",
        "bytes=-5, 299995, 300000",
        "bytes=-999999, 0, 300000",
    })
    void a_part_of_a_file_can_be_read(String range, int from, int to) {
        byte[] bytes = bytes(300_000);
        server.store("PUT", BUCKET + "/a", form(file(bytes)));
        HttpResponse<byte[]> found = server.read(BUCKET + "/a", "Range", range);
        assertEquals(206, found.statusCode());
        assertEquals("bytes " + from + "-" + (to - 1) + "/300000", header(found, "Content-Range"));
        assertArrayEquals(Arrays.copyOfRange(bytes, from, to), found.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-2", "bytes=0-1,5-6", "bytes=-", "lines=1-2", ""})
    void a_range_that_is_not_understood_is_all_of_a_file(String range) {
        server.store("PUT", BUCKET + "/a", form(file(bytes(10))));
        HttpResponse<byte[]> found = server.read(BUCKET + "/a", "Range", range);
        assertEquals(200, found.statusCode());
        assertEquals("", header(found, "Content-Range"));
        assertArrayEquals(bytes(10), found.body());
    }

    @Test
    void bytes_that_a_file_does_not_have_are_416_and_parts_of_an_old_version_are_all_of_it() {
        server.store("PUT", BUCKET + "/a", form(file(bytes(100))));
        HttpResponse<byte[]> none = server.read(BUCKET + "/a", "Range", "bytes=100-");
        assertEquals(416, none.statusCode());
        assertEquals("bytes */100", header(none, "Content-Range"));
        assertEquals(416, server.read(BUCKET + "/a", "Range", "bytes=-0").statusCode());
        String[] old = {"Range", "bytes=0-1", "If-Range", "\"1\""};
        assertEquals(200, server.read(BUCKET + "/a", old).statusCode());
    }

    @Test
    void a_file_is_replaced_with_what_it_was_expected_to_be() {
        HttpResponse<byte[]> first = server.store("PUT", BUCKET + "/a", form(file(bytes(600_000))));
        assertEquals(201, first.statusCode());
        byte[] bytes = bytes(300_000);
        String[] expected = {"If-Match", header(first, "ETag")};
        HttpResponse<byte[]> second =
                server.store("PUT", BUCKET + "/a", form(file(bytes)), expected);
        assertEquals(200, second.statusCode());
        assertEquals(
                412,
                server.store("PUT", BUCKET + "/a", form(file(bytes(5))), expected).statusCode());
        assertEquals(
                409,
                server.store("PUT", BUCKET + "/a?checkEtag", form(file(bytes(5)))).statusCode());
        assertArrayEquals(bytes, server.read(BUCKET + "/a").body());
        assertEquals(2, server.chunkCount());
    }

    @Test
    void metadata_are_replaced_and_changed() {
        server.store("PUT", BUCKET + "/a", form(file(bytes(10)), metadata(METADATA)));
        Http http = server.http();
        String json = "Content-Type";
        String type = "application/json";
        assertEquals(
                200,
                http.send("PATCH", BUCKET + "/a", "{\"filename\": \"b\"}", json, type).status());
        Document changed = http.get(BUCKET + "/a").json();
        assertEquals(Value.of("b"), changed.get("filename"));
        assertEquals(Value.of("ann"), ((Document) changed.get("metadata")).get("author"));
        assertEquals(
                200,
                http.send("PUT", BUCKET + "/a", "{\"metadata\": {\"x\": 1}}", json, type).status());
        Document replaced = http.get(BUCKET + "/a").json();
        assertEquals(Document.of("x", Value.of(1)), replaced.get("metadata"));
        assertEquals(10, server.read(BUCKET + "/a").body().length);
        assertEquals(404, http.send("PUT", BUCKET + "/b", "{}", json, type).status());
    }

    @Test
    void a_deleted_file_and_a_dropped_bucket_take_their_bytes_along() {
        server.store("PUT", BUCKET + "/a", form(file(bytes(600_000))));
        server.store("PUT", BUCKET + "/b", form(file(bytes(10))));
        assertEquals(204, server.http().send("DELETE", BUCKET + "/a", "").status());
        assertEquals(404, server.http().send("DELETE", BUCKET + "/a", "").status());
        assertEquals(1, server.chunkCount());
        Http.Answer refused = server.http().send("DELETE", BUCKET, "");
        assertEquals(409, refused.status());
        String[] expected = {"If-Match", refused.header("ETag")};
        assertEquals(204, server.http().send("DELETE", BUCKET, "", expected).status());
        assertTrue(!server.collection("photos.chunks").exists());
        assertEquals(404, server.store("POST", BUCKET, form(file(bytes(10)))).statusCode());
    }

    @Test
    void a_file_has_as_many_bytes_as_the_server_allows() {
        assertEquals(201, server.store("POST", BUCKET, form(file(bytes(SIZE_MAX)))).statusCode());
        long count = server.chunkCount();
        assertEquals(
                413, server.store("POST", BUCKET, form(file(bytes(SIZE_MAX + 1)))).statusCode());
        assertEquals(count, server.chunkCount());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name=\"metadata\"\r\n\r\n{}",
                "name=\"other\"\r\n\r\n1",
                "name=\"metadata\"\r\n\r\n{",
                "name=\"metadata\"\r\n\r\n{\"_id\": []}",
            })
    void a_form_that_is_none_of_a_file_leaves_nothing(String part) {
        byte[] form = part.contains("metadata") ? form(part) : form(file(bytes(300_000)), part);
        assertEquals(400, server.store("POST", BUCKET, form).statusCode());
        assertEquals(
                400,
                server.store("POST", BUCKET, form(file(bytes(5)), file(bytes(5)))).statusCode());
        assertEquals(0, server.chunkCount());
        Http.Answer json = server.http().post(BUCKET, "{\"a\": 1}");
        assertEquals(400, json.status());
    }

    /** What a client that goes away has sent by then is removed. */
    @Test
    void half_of_a_file_leaves_nothing() throws IOException {
        ByteArrayOutputStream half = new ByteArrayOutputStream();
        String head =
                "POST %s HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: 9000000\r\n"
                        + "Content-Type: multipart/form-data; boundary=xyz\r\n\r\n";
        half.write(head.formatted(BUCKET, server.http().port()).getBytes(StandardCharsets.UTF_8));
        byte[] whole = form(file(bytes(SIZE_MAX)));
        half.write(whole, 0, whole.length - 100);
        try (Socket socket = new Socket("localhost", server.http().port())) {
            socket.getOutputStream().write(half.toByteArray());
            socket.shutdownOutput();
            byte[] answer = socket.getInputStream().readAllBytes();
            String status =
                    new String(answer, StandardCharsets.UTF_8).lines().findFirst().orElse("");
            assertTrue(status.isEmpty() || status.contains(" 400 "), status);
        }
        assertEquals(0, server.chunkCount());
    }

    /** A page of another origin could send it without asking. */
    @ParameterizedTest
    @CsvSource({"Origin, http://evil.example, 403", "Sec-Fetch-Site, cross-site, 415"})
    void forms_of_foreign_pages_are_refused(String header, String value, int status) {
        byte[] form = form(file(bytes(5)));
        assertEquals(status, server.store("POST", BUCKET, form, header, value).statusCode());
        assertEquals(415, server.store("POST", "/restheart/media/photos", form).statusCode());
        assertEquals(0, server.chunkCount());
    }

    @Test
    void long_names_and_types_do_not_keep_a_file_from_being_read() {
        String longOne =
                "{\"contentType\": \"a/b%s\", \"filename\": \"%s\"}"
                        .formatted("; a=b".repeat(50_000), "a".repeat(100_000));
        server.store("PUT", BUCKET + "/a", form(file(bytes(10)), metadata(longOne)));
        HttpResponse<byte[]> found = server.read(BUCKET + "/a");
        assertEquals(200, found.statusCode());
        assertEquals("application/octet-stream", header(found, "Content-Type"));
        assertEquals(10, found.body().length);
    }

    @Test
    void a_type_that_is_none_is_told_as_bytes() {
        String evil =
                "{\"contentType\": \"text/html\\r\\nSet-Cookie: a=b\", \"filename\": \"a\\\"\\r\\n\"}";
        server.store("PUT", BUCKET + "/a", form(file(bytes(10)), metadata(evil)));
        HttpResponse<byte[]> found = server.read(BUCKET + "/a");
        assertEquals("application/octet-stream", header(found, "Content-Type"));
        assertEquals(
                "inline; filename=\"a___\"; filename*=UTF-8''a%22%0D%0A",
                header(found, "Content-Disposition"));
    }

    @Test
    void a_damaged_file_is_told_before_anything_is_sent() {
        server.store("PUT", BUCKET + "/a", form(file(bytes(10))));
        server.collection("photos.files")
                .updateOne(
                        Document.of("_id", Value.of("a")),
                        Document.of("$set", Document.of("chunkSize", Value.of(0))));
        HttpResponse<byte[]> answer = server.read(BUCKET + "/a");
        assertEquals(400, answer.statusCode());
        String told = new String(answer.body(), StandardCharsets.UTF_8);
        assertTrue(told.contains("\"code\":96"), told);
        assertEquals(400, server.send("HEAD", BUCKET + "/a/binary", new byte[0]).statusCode());
    }

    /** The server knows a name as it is, and a path may have any of its characters encoded. */
    @Test
    void files_are_not_written_as_documents() {
        server.store("PUT", BUCKET + "/a", form(file(bytes(10))));
        String bucket = BUCKET.replace(".", "%2E");
        byte[] body = "{\"_id\": \"b\"}".getBytes(StandardCharsets.UTF_8);
        String[] type = {"Content-Type", "application/json"};
        for (String request :
                new String[] {
                    "POST ",
                    "PUT ",
                    "PUT /b?wm=upsert",
                    "PATCH /b?wm=upsert",
                    "PATCH /a",
                    "DELETE /a",
                    "PATCH /*?filter=%7B_id:1%7D",
                    "DELETE /*?filter=%7B_id:1%7D",
                }) {
            String[] parts = request.split(" ", 2);
            assertEquals(
                    403,
                    server.send(parts[0], bucket + parts[1], body, type).statusCode(),
                    request);
        }
        String[] all = {"If-Match", "*"};
        assertEquals(403, server.send("DELETE", bucket, new byte[0], all).statusCode());
        assertEquals(200, server.read(BUCKET + "/a").statusCode());
    }

    @Test
    void a_bucket_that_is_not_there_cannot_be_dropped() {
        String none = "/restheart/media/none.files";
        assertEquals(404, server.send("DELETE", none, new byte[0]).statusCode());
    }
}
