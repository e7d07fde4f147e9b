package io.smilodon.engine.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smilodon.engine.entry.SortedWrites;
import io.smilodon.engine.entry.Write;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.MalformedBytesException;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.testing.FaultyDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogFormatTest {

    private final FaultyDirectory directory = new FaultyDirectory();

    private LogWriter start(int preallocation) throws IOException {
        FileHeader header = new FileHeader(FileKind.LOG, 1, 2, 0x0102030405060708L);
        return LogWriter.start(directory.create("log"), header, preallocation);
    }

    /** If this fails, the format has changed: raise its version and keep reading the old one. */
    @Test
    void the_format_is_pinned() throws IOException {
        LogWriter writer = start(0);
        writer.append(
                FrameType.COMMIT, new FrameStamp(7, 6, 9), ByteBuffer.wrap(new byte[] {10, 11}));
        writer.flush();
        assertEquals(PINNED, HexFormat.of().formatHex(directory.bytes("log")));
    }

    @Test
    void frames_are_read_as_they_were_written() throws IOException {
        LogWriter writer = start(4_096);
        byte[] large = new byte[600_000];
        large[599_999] = 1;
        writer.append(FrameType.PART, new FrameStamp(1, 0, 9), ByteBuffer.wrap(large));
        writer.append(FrameType.COMMIT, new FrameStamp(2, 0, 9), ByteBuffer.wrap(new byte[] {1}));
        writer.append(FrameType.MARK, new FrameStamp(3, 2, 9), ByteBuffer.allocate(0));
        writer.flush();
        try (StorageFile file = directory.open("log")) {
            LogReader reader = new LogReader(file, 0x0102030405060708L);
            assertArrayEquals(large, reader.next(1).orElseThrow().payload());
            assertTrue(reader.next(9).isEmpty(), "another number");
            assertEquals(FrameType.COMMIT, reader.next(2).orElseThrow().type());
            assertEquals(2, reader.next(3).orElseThrow().stamp().durableLsn());
            assertTrue(reader.next(4).isEmpty());
            assertEquals(writer.position(), reader.position());
            assertEquals(writer.rollingCrc(), reader.rollingCrc());
        }
    }

    /** Small ones are gathered in 256 KiB of memory, larger ones are not. */
    @Test
    void frames_of_any_size_lie_one_behind_the_other() throws IOException {
        int[] sizes = {5, 262_144, 0, 262_143, 262_098, 262_056, 3, 262_145, 262_057, 700_000, 1};
        Random random = new Random(1);
        LogWriter writer = start(0);
        long end = writer.position();
        for (int number = 1; number <= sizes.length; number++) {
            byte[] payload = new byte[sizes[number - 1]];
            random.nextBytes(payload);
            writer.append(FrameType.COMMIT, new FrameStamp(number, 0, 9), ByteBuffer.wrap(payload));
            end += Frame.BYTES_MIN + payload.length;
            assertEquals(end, writer.position());
        }
        writer.flush();
        assertEquals(end, directory.bytes("log").length);
        random = new Random(1);
        try (StorageFile file = directory.open("log")) {
            LogReader reader = new LogReader(file, 0x0102030405060708L);
            for (int number = 1; number <= sizes.length; number++) {
                byte[] payload = new byte[sizes[number - 1]];
                random.nextBytes(payload);
                assertArrayEquals(payload, reader.next(number).orElseThrow().payload());
            }
            assertEquals(writer.rollingCrc(), reader.rollingCrc());
        }
    }

    @Test
    void abandoned_frames_leave_no_trace() throws IOException {
        LogWriter writer = start(4_096);
        writer.append(FrameType.COMMIT, new FrameStamp(1, 0, 9), ByteBuffer.wrap(new byte[] {1}));
        writer.flush();
        writer.markGood();
        int crc = writer.rollingCrc();
        writer.append(FrameType.COMMIT, new FrameStamp(2, 0, 9), ByteBuffer.wrap(new byte[100]));
        writer.append(FrameType.COMMIT, new FrameStamp(3, 0, 9), ByteBuffer.wrap(new byte[100]));
        writer.flush();
        writer.abandon();
        writer.append(FrameType.COMMIT, new FrameStamp(2, 1, 9), ByteBuffer.wrap(new byte[100]));
        writer.flush();
        try (StorageFile file = directory.open("log")) {
            LogReader reader = new LogReader(file, 0x0102030405060708L);
            assertTrue(reader.next(1).isPresent());
            assertEquals(crc, reader.rollingCrc());
            assertEquals(1, reader.next(2).orElseThrow().stamp().durableLsn());
            assertTrue(reader.next(3).isEmpty(), "the abandoned one of that number is gone");
        }
    }

    @Test
    void a_batch_has_writes_and_notes() {
        SortedWrites writes = new SortedWrites();
        writes.put(new Write(new byte[] {5}, Optional.of(new byte[] {6})));
        writes.put(new Write(new byte[] {7}, Optional.empty()));
        byte[] payload = BatchCodec.encode(writes, List.of(new byte[] {8, 9}));
        assertEquals("03010105010602010703020809", HexFormat.of().formatHex(payload));
        BatchCodec.Batch batch = BatchCodec.decode(payload);
        Write put = batch.writes().find(new byte[] {5}).orElseThrow();
        assertArrayEquals(new byte[] {6}, put.value().orElseThrow());
        assertTrue(batch.writes().find(new byte[] {7}).orElseThrow().value().isEmpty());
        assertArrayEquals(new byte[] {8, 9}, batch.notes().get(0));
        payload[1] = 4;
        assertThrows(MalformedBytesException.class, () -> BatchCodec.decode(payload));
    }

    private static final String PINNED =
            "534d494c4c4f470a00020000000000000000000000000000000000000000"
                    + "00010000000000000002010203040506070889a3b7370102030405060708"
                    + "000000000000000700000000000000060000000000000009010000000002"
                    + "92385f2b0a0bc4e9b9f9";
}
