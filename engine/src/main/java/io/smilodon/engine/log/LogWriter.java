package io.smilodon.engine.log;

import io.smilodon.engine.file.Checksum;
import io.smilodon.engine.file.DiskFailure;
import io.smilodon.engine.file.Failpoint;
import io.smilodon.engine.file.FileHeader;
import io.smilodon.engine.file.StorageFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Appends frames to one file that starts with a {@link FileHeader}, whose salt is the log's id.
 *
 * <pre>
 * frame := logId u64 | lsn u64 | durableLsn u64 | millis u64 | type u8 | flags u8 | length u32
 *        | headerCrc u32 | payload u8[length] | crc u32  (big-endian; crc over header and payload)
 * </pre>
 *
 * The header has a checksum of its own, so that the length can be trusted before it is used. If
 * that is wanted, space is filled with zeroes in steps ahead of frames that are smaller than a
 * step: so most syncs need not write the file's length, and the system makes room in memory for
 * many frames at once. Frames are gathered in memory; {@link #flush} hands them to the file.
 *
 * <p>Not thread-safe: owned by one thread.
 */
public final class LogWriter implements AutoCloseable {

    private static final int BUFFER_BYTES = 256 << 10;

    /** Written ahead; nobody changes it. */
    private static final ByteBuffer ZEROES = ByteBuffer.allocate(BUFFER_BYTES);

    private final StorageFile file;
    private final long logId;
    private final int preallocationStep;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES);
    private long flushed;
    private long preallocated;
    private int rollingCrc;
    private long goodEnd;
    private int goodCrc;

    private LogWriter(StorageFile file, FileHeader fileHeader, int preallocationStep) {
        this.file = file;
        this.logId = fileHeader.salt();
        this.preallocationStep = preallocationStep;
        this.flushed = FileHeader.BYTES;
        this.goodEnd = flushed;
    }

    /**
     * Starts a new, empty file and makes its first bytes durable; the caller syncs the directory.
     *
     * @param preallocationStep how many zeroes are written ahead at a time; zero for none
     */
    public static LogWriter start(StorageFile file, FileHeader header, int preallocationStep)
            throws IOException {
        LogWriter writer = new LogWriter(file, header, preallocationStep);
        file.writeFully(ByteBuffer.wrap(header.encode()), 0);
        Failpoint.hit("log.headerWritten");
        writer.preallocate(writer.flushed);
        Failpoint.hit("log.firstSpaceWritten");
        file.sync();
        return writer;
    }

    /** Adds a frame; it is in the file only after {@link #flush}. The payload lies in an array. */
    public void append(FrameType type, FrameStamp stamp, ByteBuffer payload) throws IOException {
        header.clear().putLong(logId).putLong(stamp.lsn()).putLong(stamp.durableLsn());
        header.putLong(stamp.millis());
        header.put((byte) type.code()).put((byte) 0).putInt(payload.remaining());
        header.putInt(Checksum.of(header.array(), 0, header.position())).flip();
        int crc = Checksum.of(header, payload);
        gather(header);
        gather(payload);
        gather(header.clear().putInt(crc).flip());
        rollingCrc = Checksum.chain(rollingCrc, crc);
    }

    /** What would fill the buffer goes to the file from where it lies. */
    private void gather(ByteBuffer source) throws IOException {
        int count = source.remaining();
        if (count >= buffer.capacity()) {
            write(buffer.flip());
            buffer.clear();
            write(source.duplicate());
            return;
        }
        if (count > buffer.remaining()) {
            flush();
        }
        buffer.put(source.array(), source.arrayOffset() + source.position(), count);
    }

    /** Hands all frames to the file; durable they are only after {@link #sync}. */
    public void flush() throws IOException {
        buffer.flip();
        int count = buffer.remaining();
        boolean isSmall = count > 0 && count < preallocationStep;
        if (isSmall && flushed + count > preallocated) {
            preallocateIfRoom(flushed + count);
            Failpoint.hit("log.spaceWritten");
        }
        write(buffer);
        Failpoint.pass("log.framesWritten");
        buffer.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        file.writeFully(bytes, flushed);
        flushed += count;
    }

    /** Near the end of the disk the frames themselves are worth more than zeroes. */
    private void preallocateIfRoom(long end) throws IOException {
        try {
            preallocate(end);
        } catch (IOException failure) {
            if (!DiskFailure.isExhausted(failure)) {
                throw failure;
            }
            file.truncate(flushed);
            preallocated = flushed;
        }
    }

    private void preallocate(long end) throws IOException {
        if (preallocationStep == 0) {
            return;
        }
        long from = Math.max(preallocated, flushed);
        long target = (end / preallocationStep + 1) * preallocationStep;
        ByteBuffer zeroes = ZEROES.duplicate();
        for (long next = from; next < target; next += zeroes.limit()) {
            zeroes.clear().limit((int) Math.min(target - next, zeroes.capacity()));
            file.writeFully(zeroes, next);
        }
        preallocated = target;
    }

    /** Cuts off the zeroes behind the last frame and makes everything durable. */
    public void finish() throws IOException {
        flush();
        if (preallocated > flushed) {
            file.truncate(flushed);
            preallocated = flushed;
        }
        file.sync();
    }

    /** Makes all flushed frames durable. */
    public void sync() throws IOException {
        file.sync();
    }

    /** Declares everything so far good: {@link #abandon} comes back to here. */
    public void markGood() {
        goodEnd = position();
        goodCrc = rollingCrc;
    }

    /**
     * Takes back what was appended since {@link #markGood}, so that no recovery can find it.
     *
     * @throws IOException if that is uncertain: then nothing may be written here any more
     */
    public void abandon() throws IOException {
        buffer.clear();
        file.truncate(goodEnd);
        Failpoint.hit("log.cut");
        file.sync();
        flushed = goodEnd;
        preallocated = goodEnd;
        rollingCrc = goodCrc;
    }

    /** Where the next frame begins. */
    public long position() {
        return flushed + buffer.position();
    }

    /** A checksum over the checksums of all frames. */
    public int rollingCrc() {
        return rollingCrc;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
