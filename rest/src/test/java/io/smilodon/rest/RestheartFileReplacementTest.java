package io.smilodon.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.files.FileUpload;
import io.smilodon.engine.value.Document;
import io.smilodon.engine.value.Value;
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
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What readers get of a file while it is replaced or damaged, over real sockets. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RestheartFileReplacementTest {

    private static final int WRITERS = 3;
    private static final String FILE = FileServer.BUCKET + "/a";

    private final FileServer server = new FileServer(RestOptions.DEFAULTS);

    @AfterEach
    void close() {
        server.close();
    }

    private static byte[] bytes(int number) {
        byte[] bytes = new byte[number * 300_000];
        Arrays.fill(bytes, (byte) number);
        return bytes;
    }

    private int put(int number) {
        byte[] form = FileServer.form(FileServer.file(bytes(number)));
        return server.store("PUT", FILE, form).statusCode();
    }

    private void readWhole() {
        HttpResponse<byte[]> found = server.read(FILE);
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
                server.chunkCount());
    }

    @Test
    void a_file_without_its_first_chunk_is_told_before_anything_is_sent() {
        put(1);
        server.collection("photos.chunks").deleteOne(Document.of("n", Value.of(0)));
        HttpResponse<byte[]> answer = server.read(FILE);
        assertEquals(400, answer.statusCode());
        String told = new String(answer.body(), StandardCharsets.UTF_8);
        assertTrue(told.contains("\"code\":96"), told);
        assertTrue(told.contains("missing"), told);
        HttpResponse<byte[]> rest =
                server.read(FILE, "Range", "bytes=" + FileUpload.CHUNK_BYTES + "-");
        assertEquals(206, rest.statusCode());
        assertEquals(300_000 - FileUpload.CHUNK_BYTES, rest.body().length);
    }
}
