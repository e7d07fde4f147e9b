package io.smilodon.engine.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smilodon.engine.error.ErrorCode;
import io.smilodon.engine.error.SmilodonException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScratchFileTest {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    @TempDir private Path directory;
    private final Counted quota = new Counted();

    /** Takes up to 100 bytes. */
    private static final class Counted implements ScratchFile.Quota {

        private long taken;

        @Override
        public void take(long bytes) {
            if (taken + bytes > 100) {
                throw new SmilodonException(ErrorCode.OUT_OF_DISK_SPACE, "too much");
            }
            taken += bytes;
        }

        @Override
        public void give(long bytes) {
            taken -= bytes;
        }
    }

    private static long descriptorsOf(Path file) throws IOException {
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            return open.filter(descriptor -> isOf(file, descriptor)).count();
        }
    }

    private static boolean isOf(Path file, Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith(file.toString());
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    @Test
    void records_are_read_as_often_as_wanted() {
        try (ScratchFile file = ScratchFile.create(quota)) {
            file.add(new byte[] {1, 2});
            file.add(new byte[0]);
            for (int time = 0; time < 3; time++) {
                file.rewind();
                assertEquals(2, file.left());
                assertArrayEquals(new byte[] {1, 2}, file.next().orElseThrow());
                assertArrayEquals(new byte[0], file.next().orElseThrow());
                assertTrue(file.next().isEmpty());
            }
        }
    }

    /** A directory cannot be opened; a process with too many files cannot open them either. */
    @Test
    void a_file_that_cannot_be_opened_is_removed() throws IOException {
        Path file = Files.createDirectory(directory.resolve("scratch"));
        assertThrows(IOException.class, () -> ScratchFile.at(file, quota));
        assertFalse(Files.exists(file));
    }

    @Test
    void a_file_that_cannot_be_read_is_not_held_open() throws IOException {
        assumeTrue(Files.isDirectory(DESCRIPTORS));
        Path file = directory.resolve("written");
        FileOutputStream written = new FileOutputStream(file.toFile());
        Path other = directory.resolve("not there");
        assertThrows(IOException.class, () -> ScratchFile.openToRead(other, written));
        assertEquals(0, descriptorsOf(file));
    }

    @Test
    void once_written_it_takes_one_descriptor_and_closed_none() throws IOException {
        assumeTrue(Files.isDirectory(DESCRIPTORS));
        Path path = directory.resolve("one");
        ScratchFile file = ScratchFile.at(path, quota);
        file.add(new byte[] {1});
        assertEquals(2, descriptorsOf(path));
        file.rewind();
        assertEquals(1, descriptorsOf(path));
        file.close();
        assertEquals(0, descriptorsOf(path));
    }

    @Test
    void what_it_takes_is_counted_before_it_is_written_and_given_back_once() {
        ScratchFile file = ScratchFile.create(quota);
        file.add(new byte[20]);
        assertEquals(24, quota.taken);
        assertThrows(SmilodonException.class, () -> file.add(new byte[80]));
        file.rewind();
        assertEquals(1, file.left());
        file.close();
        file.close();
        assertEquals(0, quota.taken);
        assertTrue(ScratchFile.usableBytes() > 0);
    }
}
