package io.smilodon.engine.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.FileKind;
import io.smilodon.engine.file.StorageFile;
import io.smilodon.engine.testing.FaultyDirectory;
import io.smilodon.engine.testing.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;

/** What is found behind the last good frame of a log. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogReaderTest {

    private final long seed = Seeds.next();
    private final Random random = new Random(seed);
    private final FaultyDirectory directory = new FaultyDirectory();

    /** Its first bytes are often zero, as those of one id in 256 are. */
    private final long id =
            random.nextLong(1, Long.MAX_VALUE) >>> Byte.SIZE * random.nextInt(8) | 1;

    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private final List<Placed> frames = new ArrayList<>();

    private record Placed(long at, FrameStamp stamp) {}

    /** A frame as a log has it. */
    private byte[] frame(FrameStamp stamp) throws IOException {
        String name = "frame" + stamp.lsn();
        try (StorageFile file = directory.create(name)) {
            LogWriter writer = LogWriter.start(file, new FileHeader(FileKind.LOG, 1, 2, id), 0);
            writer.append(FrameType.COMMIT, stamp, ByteBuffer.wrap(new byte[random.nextInt(300)]));
            writer.flush();
        }
        byte[] log = directory.bytes(name);
        return Arrays.copyOfRange(log, FileHeader.BYTES, log.length);
    }

    private void addFrame(long lsn) throws IOException {
        FrameStamp stamp = new FrameStamp(lsn, random.nextInt(20), 9);
        frames.add(new Placed(FileHeader.BYTES + rest.size(), stamp));
        rest.writeBytes(frame(stamp));
    }

    /** Zeroes, frames, beginnings of frames, ids, and what is none of these. */
    private void fill() throws IOException {
        for (int part = random.nextInt(12); part > 0; part--) {
            int bytes = random.nextInt(random.nextInt(4) == 0 ? 9_000 : 20);
            switch (random.nextInt(5)) {
                case 0, 1 -> rest.writeBytes(new byte[bytes]);
                case 2 -> addFrame(10 + part);
                case 3 -> rest.writeBytes(ByteBuffer.allocate(8).putLong(id).array());
                default -> {
                    byte[] cut = new byte[bytes];
                    random.nextBytes(cut);
                    rest.writeBytes(cut);
                }
            }
        }
        rest.writeBytes(new byte[random.nextInt(70)]);
    }

    private long endOfLast() {
        byte[] bytes = rest.toByteArray();
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    @RepeatedTest(300)
    void all_that_stands_among_zeroes_and_rubbish_is_found() throws IOException {
        fill();
        FileHeader header = new FileHeader(FileKind.LOG, 1, 2, id);
        ByteBuffer log = ByteBuffer.allocate(FileHeader.BYTES + rest.size());
        log.put(header.encode()).put(rest.toByteArray());
        directory.replace("log", log.array());
        try (StorageFile file = directory.open("log")) {
            LogReader reader =
                    random.nextBoolean()
                            ? new LogReader(file, id)
                            : new LogReader(file, id, 64 + random.nextInt(600));
            assertEquals(endOfLast() > 0, reader.hasRest(), () -> "seed " + seed);
            LogReader.Rest found = reader.rest(5);
            long newest = frames.stream().mapToLong(placed -> placed.stamp().lsn()).max().orElse(5);
            assertEquals(FileHeader.BYTES + endOfLast(), found.end(), () -> "seed " + seed);
            assertEquals(newest, found.lastLsn(), () -> "seed " + seed);
            for (int lsn = 0; lsn < 20; lsn++) {
                long durable = lsn;
                OptionalLong proof =
                        frames.stream()
                                .filter(placed -> placed.stamp().durableLsn() >= durable)
                                .mapToLong(Placed::at)
                                .findFirst();
                long at = reader.proofAfter(durable).orElse(-1L);
                assertEquals(proof.orElse(-1), at, () -> "seed " + seed);
            }
        }
    }
}
