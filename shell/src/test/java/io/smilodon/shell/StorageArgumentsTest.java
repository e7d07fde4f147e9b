package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.store.LogSettings;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.store.SyncMode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of a server that say how the store uses the disk and memory. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StorageArgumentsTest {

    private static final long HEAP_BYTES = 4L << 30;

    /** A server that takes what it should refuse would serve for ever. */
    private static final int REFUSAL_SECONDS_MAX = 30;

    @TempDir private Path directory;

    private Path data() {
        return directory.resolve("data");
    }

    // ---- What they mean

    @ParameterizedTest
    @CsvSource({
        "sync, SYNC, 100",
        "none, NONE, 100",
        "interval, INTERVAL, 100",
        "interval:10, INTERVAL, 10",
        "interval:250, INTERVAL, 250",
        "interval:5000, INTERVAL, 5000"
    })
    void a_mode_says_when_the_log_is_forced(String text, SyncMode mode, long millis) {
        LogSettings log = StorageArguments.synced(text).log();

        assertEquals(mode, log.syncMode());
        assertEquals(millis, log.syncIntervalMillis());
    }

    @ParameterizedTest
    @CsvSource({
        "0m, 0",
        "1k, 1024",
        "512m, 536870912",
        "512M, 536870912",
        "2g, 2147483648",
        "2097152K, 2147483648"
    })
    void a_size_is_a_number_of_kibibytes_mebibytes_or_gibibytes(String text, long bytes) {
        assertEquals(bytes, StorageArguments.cacheBytes(text, HEAP_BYTES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2097153k", "2049m", "3g", "999999999g"})
    void a_cache_has_at_most_half_of_the_heap(String text) {
        ShellException refused =
                assertThrows(
                        ShellException.class, () -> StorageArguments.cacheBytes(text, HEAP_BYTES));

        assertEquals(
                "--cache takes at most half of Java's heap, which has 4096m, not "
                        + text
                        + " (SMILODON_OPTS=-Xmx8g gives it 8g)",
                refused.getMessage());
    }

    @Test
    void what_may_be_lost_is_told_beforehand() {
        StorageOptions options = StorageOptions.DEFAULTS;

        assertEquals(Optional.empty(), StorageArguments.notice(options));
        assertEquals(
                Optional.of(
                        "A power failure may take the writes of the last 30 ms and one sync (--sync"
                                + " interval)"),
                StorageArguments.notice(StorageArguments.synced("interval:30")));
        assertEquals(
                Optional.of(
                        "A power failure may take the writes since the last sync, however many they"
                                + " are (--sync none)"),
                StorageArguments.notice(options.withSyncMode(SyncMode.NONE)));
    }

    // ---- In the program

    private static String run(int exitCode, String... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text, true);
        assertEquals(exitCode, Main.execute(writer, writer, arguments), text::toString);
        return text.toString();
    }

    @Test
    void help_tells_of_them() {
        String help = run(0, "serve", "--help");

        assertTrue(help.contains("--sync=MODE"), help);
        assertTrue(help.contains("--cache=SIZE"), help);
        assertTrue(help.contains("(default: sync)"), help);
    }

    @Timeout(REFUSAL_SECONDS_MAX)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SYNC",
                "fast",
                "",
                "always",
                "interval:",
                "interval:9",
                "interval:5001",
                "interval:-1",
                "interval:1s",
                "interval:9999999999",
                "sync:100",
                "none:100"
            })
    void a_mode_that_there_is_not_is_refused_before_data_is_opened(String mode) {
        String told = run(1, "serve", "--data", data().toString(), "--sync", mode);

        assertEquals(
                "smilodon: --sync takes sync, interval, interval:MILLIS (10 to 5000) or none, not "
                        + mode
                        + System.lineSeparator(),
                told);
        assertFalse(Files.exists(data()));
    }

    @Timeout(REFUSAL_SECONDS_MAX)
    @ParameterizedTest
    @ValueSource(strings = {"512", "0", "", "m", "1.5g", "-1m", "512mb", "2t", "9999999999m"})
    void a_size_that_is_none_is_refused_before_data_is_opened(String size) {
        String told = run(1, "serve", "--data", data().toString(), "--cache", size);

        assertTrue(
                told.contains("--cache takes a size such as 512m or 2g, not " + size),
                () -> size + ": " + told);
        assertFalse(Files.exists(data()));
    }

    @Timeout(REFUSAL_SECONDS_MAX)
    @Test
    void a_size_that_the_heap_has_not_is_refused_before_data_is_opened() {
        String told = run(1, "serve", "--data", data().toString(), "--cache", "999999999g");

        assertTrue(told.contains("--cache takes at most half of Java's heap"), told);
        assertFalse(Files.exists(data()));
    }

    private ChildProgram serve(String... more) throws Exception {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("serve", "--data", data().toString()));
        arguments.addAll(List.of("--port", "0", "--no-wire"));
        arguments.addAll(List.of(more));
        return ChildProgram.start(arguments.toArray(String[]::new));
    }

    private static String metrics(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/metrics")).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    /** The next opening tells in which mode the last one wrote. */
    @Test
    void a_server_keeps_to_them() throws Exception {
        try (ChildProgram server = serve("--sync", "interval:250", "--cache", "32m")) {
            String url = server.url();
            assertTrue(
                    metrics(url).contains("\nsmilodon_cache_max_bytes 3.3554432E7\n"),
                    metrics(url));
            run(0, "shell", url, "--eval", "db.c.insertOne({_id: 1})");
            server.kill();
            String told = server.output();
            assertTrue(told.contains("the writes of the last 250 ms"), told);
        }
        try (ChildProgram server = serve("--sync", "none")) {
            run(0, "shell", server.url(), "--eval", "db.c.insertOne({_id: 2})");
            server.kill();
            String told = server.output();
            assertTrue(told.contains("Durability was INTERVAL"), told);
            assertTrue(told.contains("of the last 250 ms and one sync"), told);
        }
        try (ChildProgram server = serve()) {
            String count = run(0, "shell", server.url(), "--eval", "db.c.countDocuments()").strip();
            assertEquals("2", count, "a killed process loses nothing in any mode");
            server.terminate();
            server.await();
            String told = server.output();
            assertTrue(told.contains("Durability was NONE"), told);
            assertFalse(told.contains("may take"), told);
        }
    }
}
