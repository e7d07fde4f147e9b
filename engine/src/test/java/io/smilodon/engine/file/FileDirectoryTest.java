package io.smilodon.engine.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FileDirectoryTest extends StorageDirectoryContract {

    @TempDir private Path root;

    @Override
    protected StorageDirectory open() throws IOException {
        return FileDirectory.open(root.resolve("new").resolve("data"));
    }

    @Test
    void only_the_owner_may_look_into_what_it_makes() throws IOException {
        assumeTrue(root.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path data = root.resolve("new").resolve("data");
        open().create("a").close();
        assertEquals(
                "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("a"))));
    }

    @Test
    void a_directory_that_everybody_may_write_to_is_refused() throws IOException {
        assumeTrue(root.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path data = root.resolve("open");
        FileDirectory.open(data).create("a").close();
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path link = Files.createSymbolicLink(root.resolve("link"), data);

        for (Path path : List.of(data, link)) {
            SmilodonException refusal =
                    assertThrows(SmilodonException.class, () -> FileDirectory.open(path));
            assertEquals(ErrorCode.BAD_VALUE, refusal.code());
            assertEquals("chmod o-w " + data.toRealPath(), refusal.hint().orElse(""));
        }

        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxr-x"));
        assertEquals(List.of("a"), FileDirectory.open(data).list());
    }

    @Test
    void a_second_name_for_the_directory_does_not_get_round_the_lock() throws IOException {
        Path link = root.resolve("link");
        try (DirectoryLock held = open().lock()) {
            Files.createSymbolicLink(link, root.resolve("new").resolve("data"));
            StorageDirectory other = FileDirectory.open(link);
            assertThrows(SmilodonException.class, other::lock);
            assertTrue(Files.exists(root.resolve("new").resolve("data").resolve("LOCK")));
            assertTrue(held != null);
        }
    }

    @Test
    void an_interrupted_reader_reads_on_and_keeps_its_interrupt() throws IOException {
        StorageDirectory directory = open();
        try (StorageFile file = directory.create("a")) {
            file.writeFully(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
        }
        try (StorageFile file = directory.open("a")) {
            for (int round = 0; round < 3; round++) {
                Thread.currentThread().interrupt();
                ByteBuffer target = ByteBuffer.allocate(3);
                file.readFully(target, 0);
                assertEquals(3, target.get(2));
                assertTrue(Thread.interrupted(), "the flag is still set");
            }
        }
    }

    /** A commit is written, synced, and taken back by its client's own thread. */
    @Test
    void an_interrupted_writer_writes_and_cuts_and_makes_all_durable() throws IOException {
        StorageDirectory directory = open();
        try (StorageFile file = directory.create("a")) {
            for (int round = 0; round < 3; round++) {
                Thread.currentThread().interrupt();
                file.writeFully(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), 0);
                file.sync();
                file.truncate(3);
                file.sync();
                assertTrue(Thread.interrupted(), "the flag is still set");
                file.sync();
                assertEquals(3, file.length());
            }
        }
    }

    @Test
    void an_interrupted_thread_may_ask_for_the_length() throws IOException {
        StorageDirectory directory = open();
        try (StorageFile file = directory.create("a")) {
            file.writeFully(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
        }
        try (StorageFile file = directory.open("a")) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> {
                        Thread.currentThread().interrupt();
                        assertEquals(3, file.length());
                        assertTrue(Thread.interrupted(), "the flag is still set");
                    });
        }
    }
}
