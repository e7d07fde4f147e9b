package io.smilodon.engine.log;

import io.smilodon.engine.file.Checksum;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.StorageFile;
import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reads the frames that {@link LogWriter} wrote.
 *
 * <p>A bad frame is the torn end of the log unless the header of a later frame proves, by its
 * {@code durableLsn}, that the bad one had been synced: {@link #proofAfter}. Then acknowledged data
 * is damaged.
 *
 * <p>Not thread-safe.
 */
public final class LogReader {

    private static final int WINDOW_BYTES = 256 << 10;
    private static final byte[] ZEROES = new byte[4 << 10];

    private static final VarHandle LONG_AT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final StorageFile file;
    private final long logId;
    private final byte[] window;
    private long length;
    private long windowStart;
    private int windowBytes;
    private long position = FileHeader.BYTES;
    private int rollingCrc;

    public LogReader(StorageFile file, long logId) throws IOException {
        this(file, logId, (int) Math.min(WINDOW_BYTES, file.length()));
    }

    /**
     * A reader that reads so much at a time; of a file that is still written, if it has room for
     * more than the file's header.
     */
    public LogReader(StorageFile file, long logId, int windowBytes) throws IOException {
        this.file = file;
        this.logId = logId;
        this.length = file.length();
        this.window = new byte[windowBytes];
    }

    /** Forgets what it has read ahead of a file that is still written. */
    public void refresh() throws IOException {
        windowBytes = 0;
        length = file.length();
    }

    /** The next frame, if a whole one with this number stands here. */
    public Optional<Frame> next(long expectedLsn) throws IOException {
        Optional<Frame> frame = frameAt(position).filter(found -> found.lsn() == expectedLsn);
        frame.ifPresent(
                found -> {
                    position += found.bytes();
                    rollingCrc = Checksum.chain(rollingCrc, found.crc());
                });
        return frame;
    }

    /**
     * Passes over the next frame without looking at its payload, if the header of one with this
     * number stands here. Afterwards {@link #rollingCrc} means nothing.
     */
    public Optional<FrameHeader> skip(long expectedLsn) throws IOException {
        Optional<FrameHeader> header =
                headerAt(position).filter(found -> found.stamp().lsn() == expectedLsn);
        header.ifPresent(found -> position += found.frameBytes());
        return header;
    }

    /** Where the next frame begins. */
    public long position() {
        return position;
    }

    public int rollingCrc() {
        return rollingCrc;
    }

    /**
     * Looks through all the rest of the file for a frame that was written when {@code lsn} was
     * known to be durable.
     *
     * @return where that frame stands
     */
    public Optional<Long> proofAfter(long lsn) throws IOException {
        for (long at = nextId(position); at < length; at = nextId(at + 1)) {
            Optional<FrameHeader> header = headerAt(at);
            if (header.isPresent() && header.get().stamp().durableLsn() >= lsn) {
                return Optional.of(at);
            }
        }
        return Optional.empty();
    }

    /**
     * What stands behind the last good frame.
     *
     * @param end where the zeroes begin that reach to the end of the file
     * @param lastLsn the highest number of a whole frame; the expected number if there is none
     */
    public record Rest(long end, long lastLsn) {}

    /** Looks through all the rest of the file. */
    public Rest rest(long expectedLsn) throws IOException {
        long end = position;
        for (long at = nextNonZero(position); at < length; at = nextNonZero(at + 1)) {
            end = at + 1;
        }
        long lastLsn = expectedLsn;
        for (long at = nextId(position); at < length; at = nextId(at + 1)) {
            lastLsn = Math.max(lastLsn, frameAt(at).map(Frame::lsn).orElse(0L));
        }
        return new Rest(end, lastLsn);
    }

    /** Whether anything but zeroes stands behind the last good frame. */
    public boolean hasRest() throws IOException {
        return nextNonZero(position) < length;
    }

    /** Where the next byte is that is not zero; the length of the file if there is none. */
    private long nextNonZero(long from) throws IOException {
        long at = from;
        while (at < length) {
            fill(at, 1);
            int start = (int) (at - windowStart);
            int count = Math.min(windowBytes - start, ZEROES.length);
            int zeroes = Arrays.mismatch(window, start, start + count, ZEROES, 0, count);
            if (zeroes >= 0) {
                return at + zeroes;
            }
            at += count;
        }
        return length;
    }

    /**
     * Where the log's id stands next with room for a frame's header; the length of the file if
     * nowhere. Where there are only zeroes, of which a log has many ahead, it goes on to the first
     * place from which the bytes of the id that are not zero may not lie among them.
     */
    private long nextId(long from) throws IOException {
        int zeroesOfId = Long.numberOfLeadingZeros(logId) / Byte.SIZE;
        long at = from;
        while (at + Frame.HEADER_BYTES <= length) {
            long found = longAt(at);
            if (found == logId) {
                return at;
            }
            at = found == 0 ? Math.max(at + 1, nextNonZero(at) - zeroesOfId) : at + 1;
        }
        return length;
    }

    /** The whole frame that stands here, if one does; the reader stays before it. */
    Optional<Frame> nextOfAnyNumber() throws IOException {
        return frameAt(position);
    }

    /**
     * Goes on, past what cannot be read, to the next whole frame of at least this number.
     *
     * @return its number; empty if there is none, and then the reader stays where it is
     */
    Optional<Long> skipTo(long lsnMin) throws IOException {
        for (long at = nextId(position + 1); at < length; at = nextId(at + 1)) {
            Optional<Frame> frame = frameAt(at).filter(found -> found.lsn() >= lsnMin);
            if (frame.isPresent()) {
                position = at;
                return Optional.of(frame.get().lsn());
            }
        }
        return Optional.empty();
    }

    /** The highest number of a frame that begins in a file of which the id is not known; or 0. */
    public static long newestFrame(StorageFile file) throws IOException {
        LogReader reader = new LogReader(file, 0);
        long newest = 0;
        for (long at = FileHeader.BYTES; at + Frame.HEADER_BYTES <= reader.length; at++) {
            long id = reader.longAt(at);
            Optional<FrameHeader> found = id == 0 ? Optional.empty() : reader.headerAt(at, id);
            newest = Math.max(newest, found.map(header -> header.stamp().lsn()).orElse(0L));
        }
        return newest;
    }

    /** What stands in front of a frame's payload. */
    public record FrameHeader(FrameType type, FrameStamp stamp, int payloadBytes) {

        private int frameBytes() {
            return Frame.HEADER_BYTES + payloadBytes + Frame.TRAILER_BYTES;
        }
    }

    private Optional<Frame> frameAt(long at) throws IOException {
        Optional<FrameHeader> found = headerAt(at);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        FrameHeader header = found.get();
        int total = header.frameBytes();
        if (at + total > length) {
            return Optional.empty();
        }
        ByteBuffer bytes = bytesAt(at, total);
        int crc = bytes.getInt(total - Frame.TRAILER_BYTES);
        if (crc != Checksum.of(bytes.array(), 0, total - Frame.TRAILER_BYTES)) {
            return Optional.empty();
        }
        byte[] payload = new byte[header.payloadBytes()];
        bytes.get(Frame.HEADER_BYTES, payload);
        return Optional.of(new Frame(header.type(), header.stamp(), payload, crc));
    }

    private ByteBuffer bytesAt(long at, int count) throws IOException {
        if (count > window.length) {
            ByteBuffer bytes = ByteBuffer.allocate(count);
            file.readFully(bytes, at);
            return bytes;
        }
        fill(at, count);
        int start = (int) (at - windowStart);
        return ByteBuffer.wrap(Arrays.copyOfRange(window, start, start + count));
    }

    private Optional<FrameHeader> headerAt(long at) throws IOException {
        return headerAt(at, logId);
    }

    private Optional<FrameHeader> headerAt(long at, long id) throws IOException {
        if (at + Frame.HEADER_BYTES > length) {
            return Optional.empty();
        }
        fill(at, Frame.HEADER_BYTES);
        ByteBuffer header =
                ByteBuffer.wrap(window, (int) (at - windowStart), Frame.HEADER_BYTES).slice();
        int crc = Checksum.of(window, (int) (at - windowStart), Frame.HEADER_BYTES - 4);
        Optional<FrameType> type = FrameType.of(header.get(32));
        int payloadBytes = header.getInt(34);
        boolean good =
                header.getLong(0) == id
                        && header.getInt(Frame.HEADER_BYTES - 4) == crc
                        && type.isPresent()
                        && payloadBytes >= 0
                        && payloadBytes <= Frame.PAYLOAD_BYTES_MAX;
        return good
                ? Optional.of(
                        new FrameHeader(
                                type.get(),
                                new FrameStamp(
                                        header.getLong(8), header.getLong(16), header.getLong(24)),
                                payloadBytes))
                : Optional.empty();
    }

    private long longAt(long at) throws IOException {
        fill(at, Long.BYTES);
        return (long) LONG_AT.get(window, (int) (at - windowStart));
    }

    private void fill(long at, int needed) throws IOException {
        if (at >= windowStart && at + needed <= windowStart + windowBytes) {
            return;
        }
        int count = (int) Math.min(window.length, length - at);
        windowStart = at;
        windowBytes = 0;
        windowBytes = readUpTo(ByteBuffer.wrap(window, 0, count), at);
        if (windowBytes < needed) {
            throw new EOFException("end of file at " + (at + windowBytes));
        }
    }

    /** Space that was reserved behind the last frame may be cut off at any time. */
    private int readUpTo(ByteBuffer target, long at) throws IOException {
        while (target.hasRemaining() && file.read(target, at + target.position()) >= 0) {
            continue;
        }
        return target.position();
    }
}
