package io.smilodon.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.database.Smilodon;
import io.smilodon.engine.Progress;
import io.smilodon.engine.value.Document;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that archives its log, and what it tells after a kill. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArchiveTest {

    private static final String INSERT = "/api/v1/dbs/test/collections/t/documents";

    @TempDir private Path directory;

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private ChildProgram serve() throws Exception {
        return ChildProgram.start(
                "serve", "--data", path("data"), "--archive", path("archive"), "--port", "0");
    }

    private static void insert(String url, int id) {
        try (RestClient client = new RestClient(URI.create(url))) {
            client.post(INSERT, Document.builder().put("_id", id).build());
        }
    }

    @Test
    void a_backup_and_the_archive_of_a_killed_server_give_back_what_it_acknowledged()
            throws Exception {
        try (Smilodon smilodon = Smilodon.open(directory.resolve("data"))) {
            smilodon.backup(directory.resolve("backup"), Progress.SILENT);
        }
        try (ChildProgram first = serve()) {
            insert(first.url(), 1);
            first.kill();
        }
        try (ChildProgram second = serve()) {
            insert(second.url(), 2);
            second.terminate();
            assertEquals(0, second.await());
            String output = second.output();
            assertTrue(output.contains("The last stop was not clean"), output);
        }
        assertEquals(
                0,
                ChildProgram.start(
                                "restore",
                                path("backup"),
                                path("restored"),
                                "--archive",
                                path("archive"))
                        .await());
        try (Smilodon restored = Smilodon.open(directory.resolve("restored"))) {
            assertEquals(2, restored.database("test").collection("t").count(Document.EMPTY));
            assertTrue(restored.recovery().isClean());
        }
    }

    @Test
    void an_archive_that_cannot_be_used_is_told_at_the_start() throws Exception {
        Files.writeString(directory.resolve("archive"), "a file");
        try (ChildProgram program = serve()) {
            assertTrue(program.await() != 0);
            assertTrue(program.output().contains("the archive"), program.output());
        }
    }
}
