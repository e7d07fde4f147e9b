package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.DatabaseOptions;
import io.smilodon.database.DocumentCollection;
import io.smilodon.database.Smilodon;
import io.smilodon.engine.codec.ExtendedJson;
import io.smilodon.engine.store.RetentionSettings;
import io.smilodon.engine.store.StorageOptions;
import io.smilodon.engine.value.BooleanValue;
import io.smilodon.engine.value.Document;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands on data directories, as an operator types them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OperationsTest {

    @TempDir private Path directory;

    private record Run(int exitCode, String output, String errors) {

        static Run of(Object... arguments) {
            StringWriter out = new StringWriter();
            StringWriter err = new StringWriter();
            int exitCode =
                    Main.execute(
                            new PrintWriter(out, true),
                            new PrintWriter(err, true),
                            Stream.of(arguments).map(Object::toString).toArray(String[]::new));
            return new Run(exitCode, out.toString(), err.toString());
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    @BeforeEach
    void fill() {
        StorageOptions withoutOldLogs =
                StorageOptions.DEFAULTS.withRetention(
                        RetentionSettings.DEFAULTS.withFeed(0, 0)); // salvage would read them
        try (Smilodon smilodon =
                Smilodon.open(data(), DatabaseOptions.DEFAULTS.withStorage(withoutOldLogs))) {
            DocumentCollection documents = smilodon.database("test").collection("t");
            List<Document> many = new ArrayList<>();
            for (int id = 0; id < 200; id++) {
                many.add(
                        ExtendedJson.readDocument(
                                "{\"_id\": %d, \"a\": [%d, %d], \"text\": \"%s\"}"
                                        .formatted(id, id, id + 1, "x".repeat(500))));
            }
            documents.insertMany(many, true);
            documents.createIndex(
                    ExtendedJson.readDocument("{\"key\": {\"a\": 1}, \"name\": \"a_1\"}"));
        }
    }

    private static String count(Path data) {
        try (Smilodon smilodon = Smilodon.open(data)) {
            DocumentCollection documents = smilodon.database("test").collection("t");
            return Long.toString(documents.count(Document.EMPTY));
        }
    }

    private List<Path> files(Path data, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    @Test
    void a_good_directory_is_checked_as_table_and_as_json() {
        Run table = Run.of("check", data());
        Run json = Run.of("check", data(), "--json");

        assertEquals(0, table.exitCode(), table.output());
        assertTrue(table.output().contains("All is well."), table.output());
        assertTrue(table.output().contains("test.t"), table.output());
        Document report = ExtendedJson.readDocument(json.output());
        assertEquals(BooleanValue.TRUE, report.get("ok"));
    }

    @Test
    void a_directory_that_is_not_there_or_has_no_database_is_named() throws IOException {
        Path absent = directory.resolve("absent");
        Path target = directory.resolve("target");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        for (String command : List.of("check", "compact", "backup", "salvage", "restore")) {
            boolean hasTarget = !List.of("check", "compact").contains(command);
            Run run = hasTarget ? Run.of(command, absent, target) : Run.of(command, absent);
            String what = command.equals("restore") ? "backup " : "data directory ";
            assertEquals(3, run.exitCode(), command);
            assertEquals("smilodon: there is no " + what + absent, run.errors().strip());
        }
        Run archive = Run.of("restore", empty, target, "--archive", absent);
        assertEquals("smilodon: there is no archive " + absent, archive.errors().strip());
        Run check = Run.of("check", empty);
        assertEquals(3, check.exitCode());
        assertEquals("smilodon: there is no database in " + empty, check.errors().strip());
        assertTrue(Files.notExists(target) && Files.notExists(absent));
    }

    @Test
    void damage_is_named_with_file_and_collection() throws IOException {
        Path segment = files(data(), ".segment").get(0);
        byte[] content = Files.readAllBytes(segment);
        content[content.length / 3] ^= 1;
        Files.write(segment, content);

        Run run = Run.of("check", data());
        Run json = Run.of("check", data(), "--json");

        assertEquals(1, run.exitCode());
        assertTrue(run.output().contains(segment.getFileName().toString()), run.output());
        assertTrue(run.output().contains("test.t"), run.output());
        assertTrue(
                json.output().contains("\"severity\" : \"damage\"")
                        || json.output().contains("\"severity\": \"damage\""),
                json.output());
    }

    @Test
    void what_cannot_be_checked_is_told_by_another_exit_code() {
        Run absent = Run.of("check", directory.resolve("absent"));

        assertEquals(3, absent.exitCode());
        assertTrue(Files.notExists(directory.resolve("absent")));
    }

    @Test
    void a_backup_is_restored_to_a_new_directory() {
        Path backup = directory.resolve("backup");
        Path restored = directory.resolve("restored");
        Run made = Run.of("backup", data(), backup);
        Run.of("shell", data(), "--eval", "db.t.insertOne({_id: 1000})");
        Run run = Run.of("restore", backup, restored);

        assertEquals(0, made.exitCode(), made.errors());
        assertEquals(0, run.exitCode(), run.errors());
        assertEquals("200", count(restored));
        assertEquals("201", count(data()));
        assertEquals(0, Run.of("check", restored).exitCode());
        assertEquals(3, Run.of("restore", backup, data()).exitCode(), "not empty");
        assertEquals(3, Run.of("backup", data(), backup).exitCode(), "not empty");
        assertEquals(
                1, Run.of("shell", backup, "--eval", "1").exitCode(), "not a directory of data");
        assertTrue(Files.notExists(directory.resolve("restored.incomplete")));
    }

    @Test
    void a_damaged_backup_leaves_no_target() throws IOException {
        Path backup = directory.resolve("backup");
        Run.of("backup", data(), backup);
        Path segment = files(backup, ".segment").get(0);
        Path copy = Files.copy(segment, directory.resolve("copy")); // the original is linked
        byte[] content = Files.readAllBytes(copy);
        content[100] ^= 1;
        Files.delete(segment);
        Files.write(segment, content);

        Run run = Run.of("restore", backup, directory.resolve("restored"));

        assertEquals(3, run.exitCode());
        assertTrue(run.errors().contains(segment.getFileName().toString()), run.errors());
        assertTrue(Files.notExists(directory.resolve("restored")));
    }

    @Test
    void a_directory_is_compacted() {
        Run.of("shell", data(), "--eval", "db.t.deleteMany({_id: {$lt: 150}})");
        Run run = Run.of("compact", data());

        assertEquals(0, run.exitCode(), run.errors());
        assertTrue(run.output().contains("Before: "), run.output());
        assertEquals("50", count(data()));
        assertEquals(0, Run.of("check", data()).exitCode());
    }

    @Test
    void a_good_directory_is_salvaged_whole() {
        Path copy = directory.resolve("copy");
        Run run = Run.of("salvage", data(), copy);

        assertEquals(0, run.exitCode(), run.output() + run.errors());
        assertTrue(run.output().contains("Nothing was lost."), run.output());
        assertEquals("200", count(copy));
        assertEquals(0, Run.of("check", copy).exitCode());
        assertEquals(3, Run.of("salvage", data(), copy).exitCode(), "not empty");
    }

    @Test
    void of_a_damaged_directory_the_rest_is_salvaged_and_the_loss_is_named() throws IOException {
        Path copy = directory.resolve("copy");
        Path segment = files(data(), ".segment").get(0);
        byte[] content = Files.readAllBytes(segment);
        content[content.length / 3] ^= 1;
        Files.write(segment, content);

        Run run = Run.of("salvage", data(), copy);
        Run check = Run.of("check", copy);

        assertEquals(1, run.exitCode(), run.errors());
        assertTrue(run.output().contains(segment.getFileName().toString()), run.output());
        assertTrue(run.output().contains("test.t"), run.output());
        int left = Integer.parseInt(count(copy));
        assertTrue(left >= 150 && left < 200, "left: " + left);
        assertEquals(0, check.exitCode(), check.output());
        assertTrue(check.output().matches("(?s).*test\\.t +\\d+ +1 +.*"), check.output());
        assertArrayEquals(content, Files.readAllBytes(segment));
        assertEquals(1, Run.of("check", data()).exitCode());
    }

    @Test
    void a_server_backs_itself_up_only_beneath_its_root() throws Exception {
        Path root = Files.createDirectory(directory.resolve("backups"));
        Files.createSymbolicLink(root.resolve("link"), directory.resolve("elsewhere"));
        try (ChildProgram server =
                ChildProgram.start(
                        "serve",
                        "--data",
                        data().toString(),
                        "--port",
                        "0",
                        "--backup-root",
                        root.toString())) {
            String url = server.url();
            Run made = Run.of("backup", url, "today");
            Run compacted = Run.of("compact", url);

            assertEquals(0, made.exitCode(), made.errors());
            assertEquals(0, compacted.exitCode(), compacted.errors());
            for (String name :
                    List.of("../out", "/tmp/out", "a/b", "..", ".", "", "link", "today")) {
                Run refused = Run.of("backup", url, name);
                assertEquals(3, refused.exitCode(), name);
            }
            server.terminate();
            assertEquals(0, server.await(), server.output());
        }
        assertEquals(
                0, Run.of("restore", root.resolve("today"), directory.resolve("r")).exitCode());
        assertEquals("200", count(directory.resolve("r")));
        assertTrue(Files.notExists(directory.resolve("out")));
        assertTrue(Files.notExists(directory.resolve("elsewhere")));
    }
}
