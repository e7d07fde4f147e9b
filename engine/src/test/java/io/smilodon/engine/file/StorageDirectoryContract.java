package io.smilodon.engine.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.smilodon.engine.error.SmilodonException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every directory must do, real or not. */
public abstract class StorageDirectoryContract {

    private StorageDirectory directory;

    protected abstract StorageDirectory open() throws IOException;

    @BeforeEach
    void openDirectory() throws IOException {
        directory = open();
    }

    private static byte[] read(StorageFile file, long position, int count) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(count);
        file.readFully(target, position);
        return target.array();
    }

    @Test
    void bytes_are_read_as_they_were_written() throws IOException {
        byte[] expected = new byte[200_000];
        Random random = new Random(1);
        try (StorageFile file = directory.create("a")) {
            for (int step = 0; step < 100; step++) {
                int start = step == 0 ? 0 : random.nextInt(expected.length);
                int count = step == 0 ? expected.length : random.nextInt(expected.length - start);
                byte[] bytes = new byte[count];
                random.nextBytes(bytes);
                System.arraycopy(bytes, 0, expected, start, count);
                file.writeFully(ByteBuffer.wrap(bytes), start);
            }
            file.sync();
            assertEquals(expected.length, file.length());
            assertArrayEquals(expected, read(file, 0, expected.length));
        }
        try (StorageFile file = directory.open("a")) {
            assertArrayEquals(expected, read(file, 0, expected.length));
            assertEquals(-1, file.read(ByteBuffer.allocate(1), expected.length));
            assertThrows(EOFException.class, () -> read(file, expected.length - 1, 2));
        }
    }

    @Test
    void a_cut_file_is_shorter_and_grows_with_zeroes() throws IOException {
        try (StorageFile file = directory.create("a")) {
            file.writeFully(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), 0);
            file.truncate(2);
            assertEquals(2, file.length());
            file.writeFully(ByteBuffer.wrap(new byte[] {9}), 3);
            assertArrayEquals(new byte[] {1, 2, 0, 9}, read(file, 0, 4));
        }
    }

    @Test
    void files_are_listed_renamed_and_deleted() throws IOException {
        directory.create("b").close();
        directory.create("a").close();
        assertEquals(List.of("a", "b"), directory.list());
        directory.rename("a", "c");
        assertEquals(List.of("b", "c"), directory.list());
        directory.rename("c", "b");
        directory.sync();
        assertEquals(List.of("b"), directory.list());
        directory.delete("b");
        assertEquals(List.of(), directory.list());
    }

    @Test
    void what_is_there_is_not_created_and_what_is_not_is_not_opened() throws IOException {
        directory.create("a").close();
        assertThrows(IOException.class, () -> directory.create("a"));
        assertThrows(IOException.class, () -> directory.open("b"));
        assertThrows(IOException.class, () -> directory.delete("b"));
        assertThrows(IOException.class, () -> directory.rename("b", "c"));
    }

    @Test
    void it_is_locked_once_and_free_again_after_closing() throws IOException {
        DirectoryLock first = directory.lock();
        SmilodonException refused = assertThrows(SmilodonException.class, () -> directory.lock());
        assertEquals(directory.description(), refused.details().get("directory"));
        assertEquals(
                String.valueOf(ProcessHandle.current().pid()),
                String.valueOf(refused.details().get("pid")));
        first.close();
        directory.lock().close();
    }
}
