package io.smilodon.engine.log;

import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.testing.ByteFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the frames of an undamaged log stand. Pure functions. */
public final class FrameMap {

    private FrameMap() {}

    /**
     * A frame.
     *
     * @param start where its header begins
     * @param headerEnd where its payload begins
     * @param end where the next frame begins
     * @param lsn its number
     * @param durableLsn what it says to be durable
     * @param endsBatch whether it is the last of its batch
     */
    public record Place(
            int start, int headerEnd, int end, long lsn, long durableLsn, boolean endsBatch) {}

    /** All frames of a file that begins with this number. */
    public static List<Place> of(byte[] log, long firstLsn) throws IOException {
        ByteFiles files = new ByteFiles();
        files.put("log", log);
        LogReader reader = new LogReader(files.open("log"), ByteBuffer.wrap(log).getLong(saltAt()));
        List<Place> places = new ArrayList<>();
        int start = (int) reader.position();
        Optional<Frame> frame = reader.next(firstLsn);
        while (frame.isPresent()) {
            Frame found = frame.get();
            long durable = ByteBuffer.wrap(log).getLong(start + 2 * Long.BYTES);
            int end = (int) reader.position();
            boolean endsBatch = found.type() == FrameType.COMMIT;
            places.add(
                    new Place(
                            start,
                            start + Frame.HEADER_BYTES,
                            end,
                            found.lsn(),
                            durable,
                            endsBatch));
            start = end;
            frame = reader.next(found.lsn() + 1);
        }
        return places;
    }

    /** The salt is the last field of a file's header before the checksum. */
    private static int saltAt() {
        return FileHeader.BYTES - Integer.BYTES - Long.BYTES;
    }
}
